"""A GGUF file, written as llama.cpp's converter writes it, comes back as the model it was made from."""

import pytest
import torch
from gguf import GGUFWriter
from gguf_files import write_gguf
from transformers import AutoModelForCausalLM

from trainer.bases.gguf import convert_gguf
from trainer.errors import BadSpec
from trainer.tokenizer import load_tokenizer


@pytest.fixture
def gguf_file(base, tmp_path):
    write_gguf(base, tmp_path / 'model.gguf')
    return tmp_path / 'model.gguf'


def test_the_model_and_its_tokenizer_come_back(gguf_file, base, tmp_path):
    convert_gguf(gguf_file, tmp_path / 'folder')
    ids = load_tokenizer(base).encode('<c0>SELECT 12 FROM singer').ids
    assert load_tokenizer(tmp_path / 'folder').encode('<c0>SELECT 12 FROM singer').ids == ids
    models = [AutoModelForCausalLM.from_pretrained(folder) for folder in (base, tmp_path / 'folder')]
    with torch.no_grad():
        first, second = (model(torch.tensor([ids])).logits for model in models)
    torch.testing.assert_close(first, second)


def test_another_family_is_refused(tmp_path):
    writer = GGUFWriter(tmp_path / 'other.gguf', 'qwen2')
    writer.add_block_count(1)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    with pytest.raises(BadSpec, match='holds a qwen2 model'):
        convert_gguf(tmp_path / 'other.gguf', tmp_path / 'folder')
