/** The report's style: one column, light or dark like the reader's system, for phones and larger screens. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b2430;--muted:#5a6675;--line:#d3dae2;--panel:#f5f7f9;--good:#187a45;--bad:#c2382d;--part:#8f5b00;--busy:#2168b0;--wait:#c9d1da;--link:#1b5fa8}
@media (prefers-color-scheme:dark){:root{--bg:#0f1216;--fg:#e7ecf2;--muted:#9aa7b6;--line:#333c47;--panel:#181c22;--good:#57cf8c;--bad:#ff8a7d;--part:#f0b44c;--busy:#6fb2f2;--wait:#454f5c;--link:#8cc2f7}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 20px 64px;max-width:1180px;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
h1{margin:4px 0 12px;font-size:1.9rem;line-height:1.2;overflow-wrap:anywhere}h2{margin:44px 0 12px;font-size:1.25rem}h3{margin:16px 0 4px;font-size:.95rem}
small{color:var(--muted);font-size:.8rem;font-weight:normal}a{color:var(--link)}p{margin:8px 0}
:focus-visible{outline:3px solid var(--busy);outline-offset:2px}
.outcome{display:inline-block;margin:0;padding:2px 12px;border-radius:99px;font-weight:600;color:var(--bg);background:var(--muted)}
.outcome.succeeded{background:var(--good)}.outcome.failed{background:var(--bad)}.outcome.partial{background:var(--part)}.outcome.running{background:var(--busy)}
dl{display:flex;flex-wrap:wrap;gap:10px 36px;margin:0}dt{color:var(--muted);font-size:.85rem}dl>div{max-width:100%}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.failure{margin:12px 0 20px;padding:4px 18px 14px;border-left:5px solid var(--bad);border-radius:6px;background:var(--panel)}.failure h2{margin:12px 0 4px}.failure.partial{border-color:var(--part)}.failure.stopped{border-color:var(--muted)}.failure ul{margin:4px 0;padding-left:20px}.failure li,.failure p{overflow-wrap:anywhere}
pre{overflow:auto;margin:8px 0;padding:10px 12px;border:1px solid var(--line);border-radius:6px;background:var(--bg);font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
video,.poster{display:block;width:100%;max-height:70vh;border-radius:10px;background:#000;object-fit:contain}
.choice{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center}select{font:inherit;padding:4px 8px;max-width:100%}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:10px}
.table{container-type:inline-size;border:1px solid var(--line);border-radius:10px;overflow:hidden}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:7px 10px;text-align:left;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--line)}tbody tr:last-child>*{border-bottom:0}thead th{color:var(--muted);font-weight:500;background:var(--panel)}tbody th{font-weight:600}tbody th,.long{white-space:normal;overflow-wrap:anywhere;min-width:8em}
@container (max-width:1080px){table,tbody,tr,tbody th,td{display:block}thead{display:none}tbody tr{padding:6px 0;border-bottom:1px solid var(--line)}tbody tr:last-child{border-bottom:0}th,td{padding:2px 12px;border:0}td:empty{display:none}td{display:grid;grid-template-columns:8.5em 1fr;white-space:normal;overflow-wrap:anywhere}td::before{content:attr(data-label);color:var(--muted)}}
.strip{display:flex;gap:8px;margin:0;padding:10px;list-style:none}.strip li{flex:none;text-align:center;font-size:.8rem;color:var(--muted)}
.frame{display:block;padding:0;border:0;border-radius:6px;background-repeat:no-repeat;background-color:var(--panel)}button.frame{cursor:pointer}
.diagram{padding:6px}.diagram svg{display:block;width:100%;height:auto}.zoom{display:block;margin:0 0 8px;color:var(--muted);font-size:.9rem}.zoom:has(:checked)+.diagram svg{min-width:1700px}
.key{color:var(--muted);font-size:.88rem}.swatch{display:inline-block;width:22px;height:11px;margin:0 4px 0 14px;border-radius:3px}.swatch:first-child{margin-left:0}
.above{color:var(--bad)}
.timeline ol{margin:0;padding:0;list-style:none}
.row{display:grid;grid-template-columns:250px 1fr;align-items:center;column-gap:14px;padding:3px 0}
.label{overflow-wrap:anywhere;font-size:.88rem}
.track{position:relative;height:calc(var(--lanes,1)*20px);border-radius:4px;background:var(--panel)}
.axis .track{height:18px;background:none}.axis .track span{position:absolute;font-size:.75rem;color:var(--muted);border-left:1px solid var(--line);padding-left:4px}.axis .track .end{transform:translateX(-100%);border-left:0;border-right:1px solid var(--line);padding:0 4px 0 0}
.track .wait,.track .attempt{position:absolute}
.wait{background:repeating-linear-gradient(135deg,var(--wait) 0 3px,transparent 3px 7px)}.track .wait{top:6px;height:8px}
.attempt{top:calc(var(--lane)*20px + 2px);height:16px;min-width:3px;border-radius:3px;overflow:hidden;color:var(--bg);font-size:.7rem;line-height:16px;text-align:center}
.attempt.succeeded,.swatch.succeeded{background:var(--good)}.attempt.running,.swatch.running{background:var(--busy)}
.attempt.stopped,.swatch.stopped{background:var(--muted)}
.attempt.failed,.swatch.failed{background:repeating-linear-gradient(45deg,var(--bad) 0 5px,color-mix(in srgb,var(--bad) 70%,var(--bg)) 5px 9px)}
.chart{height:60px}.chart svg{display:block;width:100%;height:100%}.chart polygon{fill:var(--busy);fill-opacity:.55}.chart .limit{stroke:var(--bad);stroke-width:2;stroke-dasharray:6 5;vector-effect:non-scaling-stroke}
footer{margin-top:56px;color:var(--muted);font-size:.85rem;overflow-wrap:anywhere}
@media (max-width:700px){body{padding:16px 14px 48px}h1{font-size:1.5rem}.row{grid-template-columns:1fr}.axis .label{display:none}}
@media print{.scroll{overflow:visible}}
`;
