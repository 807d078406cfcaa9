import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';

type FileSet = ReturnType<typeof descriptor.FileDescriptorSet.decode> & { file: FileDescriptor[] };
interface FileDescriptor {
  name: string;
  service: unknown[];
  extension: unknown[];
  messageType: MessageDescriptor[];
}
interface MessageDescriptor {
  extension: unknown[];
  field?: { typeName?: string }[];
  nestedType?: MessageDescriptor[];
}

/** Messages of the syntax tree and the resolved tree, which are most of the set and are not needed to run a query. */
const treeFiles = new Set(['zetasql/parser/parse_tree.proto', 'zetasql/resolved_ast/resolved_ast.proto']);
const treeMessage = /\.(AnyResolved\w*Proto|Resolved\w+Proto|AnyAST\w*Proto|AST\w+Proto|ParseTree\w*)$/;
const timestamp = '.google.protobuf.Timestamp';

/** The local service's messages, from the descriptor set that comes with the WebAssembly. */
export function loadMessages(descriptorFile: string): protobuf.Root {
  const set = descriptor.FileDescriptorSet.decode(readFileSync(descriptorFile)) as unknown as FileSet;
  set.file = set.file.filter((file) => !treeFiles.has(file.name));
  for (const file of set.file) {
    file.service = [];
    file.extension = [];
    file.messageType.forEach(dropUnresolvable);
  }
  set.file.unshift(timestampFile());
  return (protobuf.Root as unknown as { fromDescriptor(set: unknown): protobuf.Root }).fromDescriptor(set);
}

/** Fields whose type is not in the set any more would keep the whole set from being read. */
function dropUnresolvable(message: MessageDescriptor): void {
  message.extension = [];
  message.field = (message.field ?? []).filter(
    ({ typeName = '' }) =>
      !treeMessage.test(typeName) && (!typeName.startsWith('.google.protobuf.') || typeName === timestamp),
  );
  message.nestedType?.forEach(dropUnresolvable);
}

/** The set does not hold Google's well-known types; this is the one that is needed. */
function timestampFile(): FileDescriptor {
  return descriptor.FileDescriptorProto.fromObject({
    name: 'google/protobuf/timestamp.proto',
    package: 'google.protobuf',
    syntax: 'proto3',
    messageType: [
      {
        name: 'Timestamp',
        field: [
          { name: 'seconds', number: 1, label: 1, type: 3 },
          { name: 'nanos', number: 2, label: 1, type: 5 },
        ],
      },
    ],
  }) as unknown as FileDescriptor;
}
