"""Writing an ONNX graph node by node."""

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

CONTRIB = 'com.microsoft'
_OPSET, _IR_VERSION = 18, 10


class Graph:
    """Collects nodes and constants; `node` returns the names of its outputs."""

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: dict[str, TensorProto] = {}
        self.inputs: list[ValueInfoProto] = []
        self.outputs: list[ValueInfoProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def whole(self, *values: int) -> str:
        """A constant of int64: a list of the values."""
        return self.constant('int_' + '_'.join(map(str, values)), np.array(values, np.int64))

    def node(self, operator: str, inputs: list[str], name: str, *, domain: str = '', **attributes: object) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def nodes(
        self, operator: str, inputs: list[str], names: list[str], *, domain: str = '', **attributes: object
    ) -> None:
        self._nodes.append(helper.make_node(operator, inputs, names, name=names[0], domain=domain, **attributes))

    def input(self, name: str, kind: int, shape: list[int | str]) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, name: str, kind: int, shape: list[int | str]) -> None:
        self.outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def model(self) -> ModelProto:
        graph = helper.make_graph(self._nodes, 'model', self.inputs, self.outputs, list(self._constants.values()))
        opsets = [helper.make_opsetid('', _OPSET), helper.make_opsetid(CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name='dialectic')
