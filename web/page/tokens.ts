/** Colours by role, set twice, for light and dark, and the fonts: what all pages have in common. */
export const tokens = `
:root {
  color-scheme: light dark;
  --page: #f7f7f4; --card: #ffffff; --ink: #17191f; --soft: #5b6170; --faint: #676d7b; --line: #e4e4de; --wash: #f1f1ec;
  --accent: #3f4fd1; --good: #17744b; --bad: #b2362c; --warn: #8a5a10;
  --s0: #3f4fd1; --s1: #d9722e; --s2: #1f8a78; --s3: #a3429b; --s4: #8a7a1f; --s5: #4b8fc9;
  --shadow: 0 1px 2px rgb(20 22 30 / .05), 0 6px 20px rgb(20 22 30 / .04);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #101116; --card: #181a20; --ink: #e9eaee; --soft: #a4a9b6; --faint: #9299a8; --line: #2b2e37; --wash: #20232b;
    --accent: #8c9bff; --good: #4cc38a; --bad: #ff7b6e; --warn: #e3b04b;
    --s0: #8c9bff; --s1: #f2995a; --s2: #4fc4ae; --s3: #d987d1; --s4: #d1c057; --s5: #7fbbea;
    --shadow: none;
  }
}
`;
