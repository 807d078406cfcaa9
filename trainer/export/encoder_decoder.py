"""A Marian as two ONNX graphs: an encoder, run once, and a decoder with a key-value cache, run once a token.

Encoder, for a batch of B questions:
- `input_ids` [B, S] int64: the questions' tokens and the end token, padded on the RIGHT to the longest (any token).
- `lengths` [B] int32: how many of them are real.
- gives `cross.N.key|value` [B, heads, S, headDim] float32: what layer N of the decoder attends to, computed once.

Decoder:
- `input_ids` [B, 1] int64: <sos>, then the token chosen last for every text. All begin together: nothing is padded.
- `lengths` and `cross.N.key|value`: as the encoder read and gave them, the same at every call.
- `past_key_values.N.key|value` [B, heads, P, headDim] float32: nothing at first, then the last call's `present`.
- gives `logits` [B, vocabulary], `present.N.key|value` [B, heads, P + 1, headDim].

Source: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MultiHeadAttention
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, TensorProto

from trainer.errors import BadSpec
from trainer.export.graph import CONTRIB, Graph

_EPSILON = 1e-5
_PARTS = ('key', 'value')


@dataclass(frozen=True)
class Shape:
    """What of config.json decides the graphs. scale: what embeddings are multiplied by."""

    encoder_layers: int
    layers: int
    hidden: int
    encoder_heads: int
    heads: int
    vocabulary: int
    positions: int
    scale: float
    start: int

    @property
    def head_size(self) -> int:
        return self.hidden // self.heads


def read_shape(config: dict) -> Shape:
    if config.get('activation_function') != 'relu':
        raise BadSpec('The encoder-decoder has another activation than ReLU.', 'Export one that `train` wrote.')
    return Shape(
        encoder_layers=config['encoder_layers'],
        layers=config['decoder_layers'],
        hidden=config['d_model'],
        encoder_heads=config['encoder_attention_heads'],
        heads=config['decoder_attention_heads'],
        vocabulary=config['vocab_size'],
        positions=config['max_position_embeddings'],
        scale=config['d_model'] ** 0.5 if config.get('scale_embedding') else 1.0,
        start=config['decoder_start_token_id'],
    )


class HalfGraph:
    """Builds the graph of one half; `read` gives a tensor of the model by name, or None where the model lacks it."""

    def __init__(self, shape: Shape, read: Callable[[str], np.ndarray | None]):
        self.shape = shape
        self._read = read
        self.graph = Graph()

    def encoder(self) -> ModelProto:
        graph, shape = self.graph, self.shape
        self._inputs('sequence')
        hidden = self._embedded('model.encoder', graph.whole(0))
        for index in range(shape.encoder_layers):
            layer = f'model.encoder.layers.{index}'
            inputs = [self._linear(hidden, f'{layer}.self_attn.{part}_proj') for part in 'qkv']
            hidden = self._attended(hidden, f'{layer}.self_attn', [*inputs, '', 'lengths'], shape.encoder_heads)
            hidden = self._feed_forward(hidden, layer)
        for index in range(shape.layers):
            for part in _PARTS:
                made = self._linear(hidden, f'model.decoder.layers.{index}.encoder_attn.{part[0]}_proj')
                apart = graph.node('Reshape', [made, graph.whole(0, 0, shape.heads, shape.head_size)], f'{made}.apart')
                graph.node('Transpose', [apart], f'cross.{index}.{part}', perm=[0, 2, 1, 3])
                graph.output(f'cross.{index}.{part}', TensorProto.FLOAT, self._cache('sequence'))
        return graph.model()

    def decoder(self) -> ModelProto:
        graph, shape = self.graph, self.shape
        self._inputs(1)
        for kind, tokens in (('cross', 'sequence'), ('past_key_values', 'past')):
            for index in range(shape.layers):
                for part in _PARTS:
                    graph.input(f'{kind}.{index}.{part}', TensorProto.FLOAT, self._cache(tokens))
        # The place of this token is the number of those in the cache.
        graph.node('Shape', ['past_key_values.0.key'], 'past_tokens', start=2, end=3)
        hidden = self._embedded('model.decoder', 'past_tokens')
        for index in range(shape.layers):
            layer = f'model.decoder.layers.{index}'
            inputs = [self._linear(hidden, f'{layer}.self_attn.{part}_proj') for part in 'qkv']
            past = [f'past_key_values.{index}.{part}' for part in _PARTS]
            present = [f'present.{index}.{part}' for part in _PARTS]
            inputs = [*inputs, '', '', '', *past]
            hidden = self._attended(hidden, f'{layer}.self_attn', inputs, shape.heads, present)
            query = self._linear(hidden, f'{layer}.encoder_attn.q_proj')
            inputs = [query, *(f'cross.{index}.{part}' for part in _PARTS), '', 'lengths']
            hidden = self._attended(hidden, f'{layer}.encoder_attn', inputs, shape.heads)
            hidden = self._feed_forward(hidden, layer)
            for name in present:
                graph.output(name, TensorProto.FLOAT, self._cache('total'))
        self._logits(graph.node('Squeeze', [hidden, graph.whole(1)], 'last_hidden'))
        return graph.model()

    def _inputs(self, tokens: int | str) -> None:
        self.graph.input('input_ids', TensorProto.INT64, ['batch', tokens])
        self.graph.input('lengths', TensorProto.INT32, ['batch'])

    def _cache(self, tokens: str) -> list[int | str]:
        return ['batch', self.shape.heads, tokens, self.shape.head_size]

    def _embedded(self, half: str, first: str) -> str:
        """Embeddings of the tokens and of their places, which begin at `first`."""
        graph = self.graph
        own = self._read(f'{half}.embed_tokens.weight')
        words = self._weight('model.shared.weight') if own is None else own
        scaled = graph.constant('embeddings', words * np.float32(self.shape.scale))
        tokens = graph.node('Gather', [scaled, 'input_ids'], 'embedded', axis=0)
        count = graph.node('Shape', ['input_ids'], 'tokens', start=1, end=2)
        end = graph.node('Add', [first, count], 'end')
        table = graph.constant('positions', sinusoids(self.shape.positions, self.shape.hidden))
        places = graph.node('Slice', [table, first, end, graph.whole(0)], 'places')
        return graph.node('Add', [tokens, places], 'placed')

    def _attended(
        self, hidden: str, module: str, inputs: list[str], heads: int, present: list[str] | None = None
    ) -> str:
        """The sublayer of an attention whose inputs are given: its output added to `hidden`, and normed."""
        outputs = [f'{module}.attended', *(present or [])]
        self.graph.nodes('MultiHeadAttention', inputs, outputs, domain=CONTRIB, num_heads=heads)
        return self._added(hidden, self._linear(outputs[0], f'{module}.out_proj'), f'{module}_layer_norm')

    def _feed_forward(self, hidden: str, layer: str) -> str:
        inner = self.graph.node('Relu', [self._linear(hidden, f'{layer}.fc1')], f'{layer}.relu')
        return self._added(hidden, self._linear(inner, f'{layer}.fc2'), f'{layer}.final_layer_norm')

    def _added(self, hidden: str, output: str, norm: str) -> str:
        graph = self.graph
        total = graph.node('Add', [hidden, output], f'{norm}.sum')
        parts = [graph.constant(f'{norm}.{part}', self._weight(f'{norm}.{part}')) for part in ('weight', 'bias')]
        return graph.node('LayerNormalization', [total, *parts], f'{norm}.normed', axis=-1, epsilon=_EPSILON)

    def _logits(self, hidden: str) -> None:
        graph = self.graph
        head = self._read('lm_head.weight')
        head = self._weight('model.shared.weight') if head is None else head
        logits = graph.node('MatMul', [hidden, graph.constant('lm_head', head.T)], 'products')
        bias = self._read('final_logits_bias')
        bias = np.zeros((1, self.shape.vocabulary), np.float32) if bias is None else bias
        graph.node('Add', [logits, graph.constant('final_logits_bias', bias)], 'logits')
        graph.output('logits', TensorProto.FLOAT, ['batch', self.shape.vocabulary])

    def _linear(self, hidden: str, module: str) -> str:
        graph = self.graph
        weight = graph.constant(f'{module}.weight', self._weight(f'{module}.weight').T)
        bias = graph.constant(f'{module}.bias', self._weight(f'{module}.bias'))
        return graph.node('Add', [graph.node('MatMul', [hidden, weight], f'{module}.product'), bias], f'{module}.sum')

    def _weight(self, name: str) -> np.ndarray:
        value = self._read(name)
        if value is None:
            raise BadSpec(f'The model lacks the tensor {name}.', 'Export an encoder-decoder that `train` wrote.')
        return value


def sinusoids(positions: int, hidden: int) -> np.ndarray:
    """Marian's [positions, hidden]: the sines of all frequencies first, then their cosines (Vaswani et al. 2017)."""
    angles = np.arange(positions)[:, None] / np.power(10000, 2 * (np.arange(hidden) // 2) / hidden)
    return np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1).astype(np.float32)
