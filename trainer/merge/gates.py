"""The rows of a mixture's routers: which hidden vectors each expert is chosen for."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaDecoderLayer, LlamaRotaryEmbedding

from trainer.merge.spec import MergeSpec

# Fewer keywords say too little of a dialect.
FEWEST_KEYWORDS = 3
# Rows this nearly dependent route all tokens alike.
ILL_CONDITIONED = 1000.0
_UNTRAINED_DEVIATION = 0.02
# Tokens that go through a layer at a time; what a feed-forward makes of them is the scratch of a step.
BATCH_TOKENS = 4096


@dataclass
class _Batch:
    """Texts of about one length. `hidden` [texts, longest, d] is what the next layer reads."""

    owners: torch.Tensor
    lengths: torch.Tensor
    hidden: torch.Tensor


class Carrier:
    """The texts of all experts on their way through the dense merged model, one layer at a time.

    The dense merged model has the mixture's embeddings and attention and, in place of the experts, their feed-forwards
    merged alike. In memory are one of its layers, a vector of d float32 for every token of the texts, and the
    scratch of a layer over BATCH_TOKENS tokens.
    """

    def __init__(self, config: dict, embeddings: torch.Tensor, tokenizer: Tokenizer, texts: list[list[str]]):
        known = {
            key: value
            for key, value in config.items()
            if key not in ('architectures', 'model_type', 'torch_dtype', 'dtype')
        }
        self._config = LlamaConfig(**known)
        self._config._attn_implementation = 'sdpa'
        self._device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
        self._rotary = LlamaRotaryEmbedding(self._config).to(self._device)
        self._owners = [owner for owner, own in enumerate(texts) if own]
        encoded = [(owner, tokenizer.encode(text).ids) for owner, own in enumerate(texts) for text in own]
        self._batches = [self._batch(group, embeddings) for group in _alike(encoded)]

    def _batch(self, group: list[tuple[int, list[int]]], embeddings: torch.Tensor) -> _Batch:
        lengths = [len(ids) for _, ids in group]
        tokens = torch.tensor([ids + [0] * (max(lengths) - len(ids)) for _, ids in group])
        owners = torch.tensor([owner for owner, _ in group], device=self._device)
        hidden = embeddings[tokens].float().to(self._device)
        return _Batch(owners, torch.tensor(lengths, device=self._device), hidden)

    @torch.no_grad()
    def step(self, index: int, weights: dict[str, torch.Tensor], gate_token: str, gate_input: str) -> torch.Tensor:
        """Go through one layer; returns [experts with texts, d], the mean vector of each expert's texts.

        `gate_input` 'router': the vectors at the router's input, the output of post_attention_layernorm. 'layer': what
        the layer reads, as mergekit takes them. Of a text's tokens the last counts (`gate_token` 'last') or the mean.
        """
        with torch.device('meta'):
            layer = LlamaDecoderLayer(self._config, index).eval()
        layer.load_state_dict({name: tensor.float() for name, tensor in weights.items()}, assign=True)
        layer.to(self._device)
        seen: list[torch.Tensor] = []
        layer.post_attention_layernorm.register_forward_hook(lambda module, inputs, output: seen.append(output))
        sums = torch.zeros(max(self._owners) + 1, self._config.hidden_size, device=self._device)
        texts = torch.zeros(len(sums), 1, device=self._device)
        for batch in self._batches:
            before = batch.hidden
            places = torch.arange(before.shape[1], device=self._device)
            # Texts are padded on the right, so plain causal attention never sees the padding.
            rotary = self._rotary(before, places[None])
            batch.hidden = layer(before, attention_mask=None, position_embeddings=rotary)
            vectors = seen.pop() if gate_input == 'router' else before
            if gate_token == 'last':
                means = vectors[torch.arange(len(before), device=self._device), batch.lengths - 1]
            else:
                real = (places < batch.lengths[:, None])[:, :, None]
                means = (vectors * real).sum(1) / batch.lengths[:, None]
            seen.clear()
            sums.index_add_(0, batch.owners, means)
            texts.index_add_(0, batch.owners, torch.ones(len(means), 1, device=self._device))
        return (sums / texts)[self._owners].cpu()


def _alike(encoded: list[tuple[int, list[int]]]) -> Iterator[list[tuple[int, list[int]]]]:
    """Texts sorted by length, in groups of at most BATCH_TOKENS tokens with the padding (or of one text)."""
    group: list[tuple[int, list[int]]] = []
    for item in sorted(encoded, key=lambda item: len(item[1])):
        if group and (len(group) + 1) * len(item[1]) > BATCH_TOKENS:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


class Gates:
    """Makes the router of each layer in turn, and remembers how well its rows tell experts apart."""

    def __init__(self, spec: MergeSpec, config: dict):
        self._spec = spec
        self._width = config['hidden_size']
        self._generator = torch.Generator().manual_seed(spec.seed)
        self.condition_numbers: list[float] = []
        self.warnings: list[str] = []
        enough = [len(model.keywords) >= FEWEST_KEYWORDS for model in spec.models]
        self.by_keyword = enough if spec.gate == 'keyword' else [False] * len(spec.models)
        if spec.gate == 'keyword':
            self.warnings += [
                f'{model.name} has fewer than {FEWEST_KEYWORDS} keywords: its router rows are random.'
                for model, good in zip(spec.models, enough, strict=True)
                if not good
            ]

    @property
    def needs_carrier(self) -> bool:
        return any(self.by_keyword)

    def rows(self, layer: int, vectors: torch.Tensor | None) -> torch.Tensor:
        """The router [experts, d] of a layer. `vectors` are the carrier's, one for each expert with keywords.

        Rows have length gateScale: a router's logits are then gateScale * |h| * cosine, whatever the expert. Gate
        'none' leaves small random rows, for a router that is to be learned.
        """
        random = torch.randn(len(self._spec.models), self._width, generator=self._generator)
        if self._spec.gate == 'none':
            return random * _UNTRAINED_DEVIATION
        rows = random
        if vectors is not None:
            rows[torch.tensor(self.by_keyword)] = vectors.float()
        rows = self._spec.gate_scale * torch.nn.functional.normalize(rows, dim=-1)
        condition = torch.linalg.cond(rows).item()
        self.condition_numbers.append(round(condition, 2))
        if condition > ILL_CONDITIONED:
            self.warnings.append(
                f'The router rows of layer {layer} are nearly dependent (condition number {condition:.0f}).'
            )
        return rows
