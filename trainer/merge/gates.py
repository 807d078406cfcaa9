"""The rows of a mixture's routers: which hidden vectors each expert is chosen for."""

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


class Carrier:
    """The keywords of all experts on their way through the dense merged model, one layer at a time.

    The dense merged model has the mixture's embeddings and attention and, in place of the experts, their feed-forwards
    merged alike. Only one of its layers is in memory at a time.
    """

    def __init__(self, config: dict, embeddings: torch.Tensor, tokenizer: Tokenizer, keywords: list[list[str]]):
        known = {
            key: value
            for key, value in config.items()
            if key not in ('architectures', 'model_type', 'torch_dtype', 'dtype')
        }
        self._config = LlamaConfig(**known)
        self._config._attn_implementation = 'eager'
        self._rotary = LlamaRotaryEmbedding(self._config)
        self._owners = torch.tensor([owner for owner, texts in enumerate(keywords) for _ in texts])
        encoded = [tokenizer.encode(text).ids for texts in keywords for text in texts]
        self._lengths = torch.tensor([len(ids) for ids in encoded])
        longest = max(map(len, encoded), default=0)
        tokens = torch.tensor([ids + [0] * (longest - len(ids)) for ids in encoded], dtype=torch.long)
        self._hidden = embeddings.float()[tokens]

    @torch.no_grad()
    def step(self, index: int, weights: dict[str, torch.Tensor], gate_token: str) -> torch.Tensor:
        """Go through one layer; returns [experts with keywords, d], the mean vector at the router's input per expert.

        The router's input is the output of post_attention_layernorm. Of a keyword's tokens the last is taken
        (`gate_token` 'last', as mergekit does) or the mean of all.
        """
        layer = LlamaDecoderLayer(self._config, index).eval()
        layer.load_state_dict({name: tensor.float() for name, tensor in weights.items()})
        seen: list[torch.Tensor] = []
        layer.post_attention_layernorm.register_forward_hook(lambda module, inputs, output: seen.append(output))
        length = self._hidden.shape[1]
        places = torch.arange(length)
        # Texts are padded on the right, so plain causal attention never sees the padding.
        mask = torch.full((length, length), torch.finfo(torch.float32).min).triu(1)[None, None]
        rotary = self._rotary(self._hidden, places[None])
        self._hidden = layer(self._hidden, attention_mask=mask, position_embeddings=rotary)
        at_router = seen[0]
        if gate_token == 'last':
            vectors = at_router[torch.arange(len(self._lengths)), self._lengths - 1]
        else:
            real = (places < self._lengths[:, None])[:, :, None]
            vectors = (at_router * real).sum(1) / self._lengths[:, None]
        return torch.stack([vectors[self._owners == owner].mean(0) for owner in self._owners.unique()])


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
