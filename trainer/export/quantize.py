"""8-bit weights by MatMulNBits: a quarter of the size; with models of 100 million parameters and more also faster.

onnxruntime's dynamic int8, which rounds activations over a whole tensor, produced garbage with these models. Answers
may differ in a token from those of the float32 file, so evaluate the file that is served.
"""

import logging
from pathlib import Path

from trainer.errors import MissingDependency

_BLOCK = 32
_INT8_ARITHMETIC = 4


def quantize_weights(source: Path, target: Path, keep: list[str]) -> None:
    """Write `target`, a copy of `source` whose products have 8-bit weights, except the nodes named in `keep`."""
    try:
        from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
    except ModuleNotFoundError as error:
        raise MissingDependency(
            'The Python package onnxruntime is not installed.', 'Run `npm run setup`, or set int8 to false.'
        ) from error
    import onnx

    logging.getLogger('onnxruntime').setLevel(logging.WARNING)
    config = DefaultWeightOnlyQuantConfig(block_size=_BLOCK, is_symmetric=True, bits=8, accuracy_level=_INT8_ARITHMETIC)
    quantizer = MatMulNBitsQuantizer(onnx.load(source), nodes_to_exclude=keep, algo_config=config)
    quantizer.process()
    quantizer.model.save_model_to_file(str(target), use_external_data_format=True)
