/** The sheet of a page that stands alone: system fonts, one pair of colours a role, from 390 to 1600 pixels and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #101417); --sunk: light-dark(#f3f5f6, #181d21);
  --ink: light-dark(#15191d, #e7ebee); --quiet: light-dark(#4d565e, #a9b3bb);
  --line: light-dark(#d9dee2, #2d353c); --link: light-dark(#0a4e9b, #8abaf7); --focus: light-dark(#0a62d0, #ffd24a);
  --sev-4: light-dark(#8f2414, #f58d78); --sev-3: light-dark(#c9795f, #b4543f); --sev-2: light-dark(#b3bcc4, #5d6972);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main, footer { max-width: 1200px; margin: 0 auto; padding: 24px 16px }
footer { color: var(--quiet); font-size: 13px }
a { color: var(--link) }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 8px }
h2 { font-size: 21px; margin: 48px 0 12px; padding-top: 12px; border-top: 1px solid var(--line) }
h3 { font-size: 15px; margin: 0 0 8px }
p { max-width: 72ch; margin: 0 0 12px }
small, .quiet { color: var(--quiet); font-weight: 400 }
small { font-size: 12px }
.strip { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 24px 0; padding: 12px 0; border-block: 1px solid var(--line) }
.strip div { min-width: 120px }
.strip dt { font-size: 13px; color: var(--quiet) }
.strip dd { margin: 0; font-size: 21px; font-variant-numeric: tabular-nums }
.strip small { display: block }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 13px }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line) }
th { font-weight: 600 }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.time { white-space: nowrap; font-variant-numeric: tabular-nums }
.bar { width: 22%; min-width: 60px }
.bar i { display: block; height: 10px; margin-top: 5px; background: var(--c) }
.level { white-space: nowrap }
.critical, .high { --c: var(--sev-4) } .medium { --c: var(--sev-3) } .low, .informational, .none { --c: var(--sev-2) }
.level::before { content: '\\25AE\\25AE\\25AE\\25AE'; color: var(--c); letter-spacing: 1px; font-size: 10px; margin-right: 6px }
.level.high::before { content: '\\25AE\\25AE\\25AE' } .level.medium::before { content: '\\25AE\\25AE' }
.level.low::before { content: '\\25AE' } .level.informational::before, .level.none::before { content: '' }
details summary { cursor: pointer } summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px }
details[open] { background: var(--sunk) }
details dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 8px 0; padding: 0 12px }
details dt { color: var(--quiet) } details dd { margin: 0; font-family: ui-monospace, monospace; font-size: 12px; overflow-wrap: anywhere }
pre { margin: 8px 12px; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
@media (max-width: 600px) { details dl { grid-template-columns: 1fr } details dd { margin-bottom: 6px } }
@media print { body { background: none } details { break-inside: avoid } }
`;
