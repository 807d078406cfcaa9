"""A Llama, Qwen2 or Mixtral as an ONNX graph with a key-value cache, for batches of texts of different lengths.

Inputs, for a batch of B texts:
- `input_ids` [B, S] int64. First call: the prompts, padded on the RIGHT to the longest (any token). Then: [B, 1], the
  token chosen last for every text.
- `lengths` [B] int32: how many real tokens each text has, this call's included. First call: the prompts' lengths. Then:
  one more at every call.
- `past_key_values.N.key|value` [B, kvHeads, P, headDim] float32: P = 0 at the first call, then what
  the last call gave as `present`.

Outputs: `logits` [B, vocabulary] after the last real token of each text; `present.N.key|value` [B, kvHeads, P + S,
headDim]; for a mixture also `router` [layers, B, S, experts], each token's weights (0 for experts it was not sent to).

The padding costs nothing in correctness: GroupQueryAttention takes the length of every text, writes the next key right
after the last real one, over the padding, and rotates it by its own position.
Source: https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupQueryAttention
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, TensorProto

from trainer.errors import BadSpec
from trainer.export.graph import CONTRIB, Graph


@dataclass(frozen=True)
class Shape:
    """What of config.json decides the graph. experts is 0 for a dense model."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    positions: int
    epsilon: float
    theta: float
    experts: int
    top_k: int


def read_shape(config: dict) -> Shape:
    rotary = config.get('rope_parameters') or config.get('rope_scaling') or {}
    if rotary.get('rope_type', 'default') != 'default' or config.get('attention_bias') or config.get('mlp_bias'):
        raise BadSpec('The model has scaled rotary positions or biases.', 'Export a Llama or Mixtral without them.')
    # Qwen2's configuration gives the width of a window that it does not use.
    if config.get('hidden_act', 'silu') != 'silu' or (
        config.get('sliding_window') and config.get('use_sliding_window', True)
    ):
        raise BadSpec(
            'The model has another activation than SiLU, or a sliding window.', 'Export a model without them.'
        )
    heads = config['num_attention_heads']
    return Shape(
        layers=config['num_hidden_layers'],
        hidden=config['hidden_size'],
        heads=heads,
        kv_heads=config.get('num_key_value_heads') or heads,
        head_size=config.get('head_dim') or config['hidden_size'] // heads,
        vocabulary=config['vocab_size'],
        positions=config['max_position_embeddings'],
        epsilon=config['rms_norm_eps'],
        theta=config.get('rope_theta') or rotary.get('rope_theta', 10000.0),
        experts=config.get('num_local_experts', 0),
        top_k=config.get('num_experts_per_tok', 0),
    )


class DecoderGraph:
    """Builds the graph; `read` gives a tensor of the model by name, or None where the model lacks it."""

    def __init__(self, shape: Shape, read: Callable[[str], np.ndarray | None]):
        self.shape = shape
        self._read = read
        self.graph = Graph()
        self.router_nodes: list[str] = []

    def build(self) -> ModelProto:
        graph, shape = self.graph, self.shape
        graph.input('input_ids', TensorProto.INT64, ['batch', 'sequence'])
        graph.input('lengths', TensorProto.INT32, ['batch'])
        self._counts()
        self._rotary_tables()
        embeddings = graph.constant('embeddings', self._weight('model.embed_tokens.weight'))
        hidden = graph.node('Gather', [embeddings, 'input_ids'], 'embedded', axis=0)
        routers = []
        for index in range(shape.layers):
            hidden, router = self._layer(index, hidden)
            if router:
                routers.append(graph.node('Unsqueeze', [router, graph.whole(0)], f'{router}_layer'))
        hidden = self._norm(hidden, 'model.norm.weight', 'final')
        self._logits(hidden, embeddings)
        if routers:
            graph.node('Concat', routers, 'router', axis=0)
            graph.output('router', TensorProto.FLOAT, [shape.layers, 'batch', 'sequence', shape.experts])
        for index in range(shape.layers):
            for part in ('key', 'value'):
                cache = ['batch', shape.kv_heads, 'total', shape.head_size]
                graph.output(f'present.{index}.{part}', TensorProto.FLOAT, cache)
        return graph.model()

    def _counts(self) -> None:
        """Per text the index of its last token, and the length of the cache after this call."""
        graph = self.graph
        graph.node('Shape', ['input_ids'], 'ids_shape')
        graph.node('Gather', ['ids_shape', graph.constant('one', np.array(1, np.int64))], 'sequence', axis=0)
        graph.node('Shape', ['past_key_values.0.key'], 'past_shape')
        graph.node('Gather', ['past_shape', graph.constant('two', np.array(2, np.int64))], 'past', axis=0)
        graph.node('Cast', [graph.node('Add', ['sequence', 'past'], 'total')], 'total_length', to=TensorProto.INT32)
        graph.node('Sub', ['lengths', graph.constant('one32', np.array(1, np.int32))], 'last_place')
        # In the first call the last real token is at length - 1; later there is one token only, at 0.
        graph.node('Cast', ['last_place'], 'last_place64', to=TensorProto.INT64)
        graph.node('Min', ['last_place64', graph.node('Sub', ['sequence', 'one'], 'last_column')], 'last_index')

    def _rotary_tables(self) -> None:
        shape = self.shape
        frequencies = 1.0 / shape.theta ** (np.arange(0, shape.head_size, 2, dtype=np.float64) / shape.head_size)
        angles = np.outer(np.arange(shape.positions), frequencies)
        self.graph.constant('cosine', np.cos(angles).astype(np.float32))
        self.graph.constant('sine', np.sin(angles).astype(np.float32))

    def _layer(self, index: int, hidden: str) -> tuple[str, str | None]:
        graph, shape = self.graph, self.shape
        prefix, at = f'model.layers.{index}.', f'layer{index}'
        normed = self._norm(hidden, f'{prefix}input_layernorm.weight', f'{at}.attention')
        inputs = [self._projected(normed, f'{prefix}self_attn.{part}_proj', f'{at}.{part}') for part in 'qkv']
        for part in ('key', 'value'):
            cache = ['batch', shape.kv_heads, 'past', shape.head_size]
            inputs.append(graph.input(f'past_key_values.{index}.{part}', TensorProto.FLOAT, cache))
        attended = f'{at}.attended'
        graph.nodes(
            'GroupQueryAttention',
            [*inputs, 'last_place', 'total_length', 'cosine', 'sine'],
            [attended, f'present.{index}.key', f'present.{index}.value'],
            domain=CONTRIB,
            num_heads=shape.heads,
            kv_num_heads=shape.kv_heads,
            do_rotary=1,
            rotary_interleaved=0,
        )
        output = self._linear(attended, f'{prefix}self_attn.o_proj.weight', f'{at}.o')
        hidden = graph.node('Add', [hidden, output], f'{at}.attention_sum')
        normed = self._norm(hidden, f'{prefix}post_attention_layernorm.weight', f'{at}.feed_forward')
        if shape.experts:
            output, router = self._mixture(normed, f'{prefix}block_sparse_moe.', at)
        else:
            weights = [self._weight(f'{prefix}mlp.{part}_proj.weight').T for part in ('gate', 'up', 'down')]
            output, router = (
                self._product(self._gated(normed, weights[0], weights[1], at), weights[2], f'{at}.down'),
                None,
            )
        return graph.node('Add', [hidden, output], f'{at}.sum'), router

    def _mixture(self, hidden: str, prefix: str, at: str) -> tuple[str, str]:
        """All experts side by side in three products; an expert that a token is not routed to has the weight 0."""
        graph, shape = self.graph, self.shape
        logits = self._linear(hidden, f'{prefix}gate.weight', f'{at}.router_logits')
        self.router_nodes.append(logits)
        chances = graph.node('Softmax', [logits], f'{at}.chances', axis=-1)
        best = [f'{at}.best', f'{at}.best_index']
        graph.nodes('TopK', [chances, graph.whole(shape.top_k)], best, axis=-1)
        total = graph.node('ReduceSum', [best[0], graph.whole(-1)], f'{at}.best_total')
        shares = graph.node('Div', [best[0], total], f'{at}.shares')
        nothing = graph.node('Mul', [chances, graph.constant('zero', np.array(0, np.float32))], f'{at}.nothing')
        router = graph.node('ScatterElements', [nothing, best[1], shares], f'{at}.router', axis=-1)

        stacked = {}
        for part in ('w1', 'w2', 'w3'):
            parts = [self._weight(f'{prefix}experts.{expert}.{part}.weight') for expert in range(shape.experts)]
            stacked[part] = np.concatenate(parts, axis=1 if part == 'w2' else 0).T
        inner = self._gated(hidden, stacked['w1'], stacked['w3'], at)
        width = stacked['w1'].shape[1] // shape.experts
        apart = graph.node('Reshape', [inner, graph.whole(0, 0, shape.experts, width)], f'{at}.apart')
        weights = graph.node('Unsqueeze', [router, graph.whole(-1)], f'{at}.router_column')
        weighted = graph.node('Mul', [apart, weights], f'{at}.weighted')
        together = graph.node('Reshape', [weighted, graph.whole(0, 0, shape.experts * width)], f'{at}.together')
        return self._product(together, stacked['w2'], f'{at}.down'), router

    def _gated(self, hidden: str, gate: np.ndarray, up: np.ndarray, at: str) -> str:
        """SiLU(hidden gate) * (hidden up)."""
        graph = self.graph
        opened = self._product(hidden, gate, f'{at}.gate')
        sigmoid = graph.node('Sigmoid', [opened], f'{at}.sigmoid')
        active = graph.node('Mul', [opened, sigmoid], f'{at}.silu')
        return graph.node('Mul', [active, self._product(hidden, up, f'{at}.up')], f'{at}.inner')

    def _logits(self, hidden: str, embeddings: str) -> None:
        graph = self.graph
        index = graph.node('Unsqueeze', ['last_index', graph.whole(-1)], 'last_indices')
        last = graph.node('GatherND', [hidden, index], 'last_hidden', batch_dims=1)
        head = self._read('lm_head.weight')
        if head is None:
            graph.node('MatMul', [last, graph.node('Transpose', [embeddings], 'lm_head', perm=[1, 0])], 'logits')
        else:
            graph.node('MatMul', [last, graph.constant('lm_head', head.T)], 'logits')
        graph.output('logits', TensorProto.FLOAT, ['batch', self.shape.vocabulary])

    def _projected(self, hidden: str, module: str, name: str) -> str:
        """Query, key or value; Qwen2 adds a bias to each."""
        product = self._linear(hidden, f'{module}.weight', name)
        bias = self._read(f'{module}.bias')
        if bias is None:
            return product
        return self.graph.node('Add', [product, self.graph.constant(f'{name}.bias', bias)], f'{name}.biased')

    def _linear(self, hidden: str, weight: str, name: str) -> str:
        return self._product(hidden, self._weight(weight).T, name)

    def _product(self, hidden: str, matrix: np.ndarray, name: str) -> str:
        return self.graph.node('MatMul', [hidden, self.graph.constant(f'{name}.weight', matrix)], name)

    def _norm(self, hidden: str, weight: str, name: str) -> str:
        scale = self.graph.constant(weight, self._weight(weight))
        return self.graph.node(
            'SimplifiedLayerNormalization',
            [hidden, scale],
            f'{name}.norm',
            axis=-1,
            epsilon=self.shape.epsilon,
            stash_type=1,
        )

    def _weight(self, name: str) -> np.ndarray:
        value = self._read(name)
        if value is None:
            raise BadSpec(
                f'The model lacks the tensor {name}.', 'Export a model that transformers opens without warnings.'
            )
        return value
