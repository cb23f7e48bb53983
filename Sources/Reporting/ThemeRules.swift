/// The style sheet of the report, by area. It holds no data.
enum ThemeRules {
  static let page = """
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
    body{margin:0 auto;max-width:50rem;padding:3.5rem 1.5rem 4rem;background:var(--paper);
    color:var(--ink);font:400 1rem/1.65 system-ui,-apple-system,"Segoe UI",Roboto,
    "Helvetica Neue",Arial,sans-serif;font-synthesis:none;text-rendering:optimizeLegibility;
    overflow-wrap:break-word}
    .skip{position:absolute;left:-100vw;background:var(--paper);padding:.5rem 1rem}
    .skip:focus{left:1rem;top:1rem;z-index:9}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
    main:focus{outline:none}
    a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.18em}
    .report-header{border-bottom:1px solid var(--line);padding-bottom:1.75rem}
    .overline{margin:0 0 .35rem;color:var(--muted);font-size:.875rem}
    h1{margin:0;font-size:clamp(1.9rem,5vw,2.6rem);line-height:1.12;font-weight:700;
    letter-spacing:-.022em;text-wrap:balance}
    .authors{margin:.5rem 0 0;color:var(--muted)}
    .status{display:inline-flex;align-items:baseline;gap:.5rem;margin:1.1rem 0 0;
    padding:.28rem .8rem .28rem .65rem;border-radius:2rem;font-size:.875rem;font-weight:550}
    .status.well{color:var(--good);background:var(--good-wash)}
    .status.warned{color:var(--warn);background:var(--warn-wash)}
    .status.failed{color:var(--bad);background:var(--bad-wash)}
    .lead{margin-top:1.5rem}
    .lead h2{margin:0 0 .6rem}
    .lead>p,.lead>ul,.lead>ol{max-width:42rem}
    .lead>:last-child{margin-bottom:0}
    .contents{margin:1.75rem 0 0;font-size:.9375rem}
    .contents h2{margin:0 0 .4rem;font-size:.8125rem;font-weight:600;color:var(--muted);
    letter-spacing:0;border:0;padding:0}
    .contents ul{list-style:none;margin:0;padding:0}
    .contents ul ul{padding-left:1rem;font-size:.875rem}
    .contents a{display:block;padding:.16rem 0;color:var(--ink);text-decoration:none}
    @media(max-width:82rem){.contents>ul{columns:15rem;column-gap:2rem}
    .contents li{break-inside:avoid;margin:0}}
    .contents a:hover{color:var(--accent);text-decoration:underline}
    footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);
    color:var(--muted);font-size:.8125rem}
    @media(min-width:82rem){
    body{max-width:none;display:grid;grid-template-columns:13rem minmax(0,47rem) 13rem;
    column-gap:3.5rem;justify-content:center;grid-template-rows:auto 1fr auto}
    .report-header,main,footer{grid-column:2}
    .contents{grid-column:1;grid-row:1/span 3;margin:0}
    .contents>ul,.contents>h2{position:sticky;top:2rem}
    .contents>ul{top:4rem;max-height:calc(100vh - 5rem);overflow:auto}}
    """

  static let content = """
    main{padding-top:1.5rem}
    main>:first-child{margin-top:0}
    h2,h3,h4,h5,h6{line-height:1.25;text-wrap:balance;letter-spacing:-.012em}
    h2{margin:2.75rem 0 .75rem;font-size:1.5rem;font-weight:680}
    h3{margin:2rem 0 .5rem;font-size:1.175rem;font-weight:650}
    h4,h5,h6{margin:1.5rem 0 .4rem;font-size:1rem;font-weight:650}
    p,ul,ol,blockquote{margin:0 0 1rem}
    main>p,main>ul,main>ol,main>blockquote{max-width:42rem}
    ul,ol{padding-left:1.4rem}
    li{margin:.2rem 0}
    li.task{list-style:none;margin-left:-1.4rem}
    blockquote{margin-left:0;padding-left:1.1rem;border-left:3px solid var(--line);
    color:var(--muted)}
    hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
    code,pre{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,
    "DejaVu Sans Mono",monospace;font-size:.875em;font-variant-ligatures:none}
    :not(pre)>code{background:var(--wash);border-radius:4px;padding:.1em .3em}
    th code,td code{background:none!important;padding:0!important}
    pre{margin:0 0 1rem;padding:.85rem 1rem;background:var(--wash);border-radius:8px;
    overflow-x:auto;line-height:1.55;tab-size:4}
    pre code{font-size:.8125rem}
    .inline-value{font-weight:600;font-variant-numeric:tabular-nums;
    text-decoration:underline dotted var(--line);text-underline-offset:.25em}
    .no-value{color:var(--bad)}
    .image{color:var(--muted)}
    .scroll{overflow:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.875rem;line-height:1.4;
    font-variant-numeric:tabular-nums lining-nums}
    caption{text-align:left;font-weight:600;padding:0 0 .5rem;caption-side:top}
    th,td{padding:.38rem .9rem .38rem 0;text-align:left;vertical-align:top;
    border-bottom:1px solid var(--line)}
    th:last-child,td:last-child{padding-right:.25rem}
    thead th{font-weight:600;color:var(--muted);border-bottom:1px solid var(--muted);
    white-space:nowrap}
    tbody th{font-weight:500}
    th small{font-weight:400;font-size:.75rem}
    .right{text-align:right}
    .center{text-align:center}
    .prose-table{margin-bottom:1rem}
    .parameters{margin-top:1.5rem}
    .parameters caption{font-size:.8125rem;color:var(--muted);padding-bottom:.2rem}
    .parameters table{width:100%}
    .parameters tbody tr:last-child>*{border-bottom:0}
    .parameters td:nth-child(2){min-width:11rem;overflow-wrap:anywhere}
    .privacy td:last-child{min-width:9rem}
    .scroll+.note{margin-top:.75rem}
    .card+.card{margin-top:1.75rem}
    .card th{min-width:5.5rem;white-space:nowrap}
    .card td{min-width:9rem;overflow-wrap:anywhere}
    .parameters .origin{color:var(--muted);white-space:nowrap}
    .sources code{font-size:.8125rem}
    .sources .right{white-space:nowrap}
    .sources td:last-child{min-width:9rem;overflow-wrap:anywhere}
    @media(max-width:36rem){
    .parameters td:nth-child(2),tbody th:has(code),.privacy td{min-width:5rem;
    overflow-wrap:anywhere}
    .card th{white-space:normal}}
    """

  static let cells = """
    .cell{margin:1.5rem 0 2rem;scroll-margin-top:1rem}
    figure{margin:0 0 .5rem}
    .table-figure{width:fit-content;min-width:min(100%,18rem);max-width:100%}
    @media screen and (min-width:53rem){.table-figure{max-width:calc(50vw + 21rem)}}
    .result{min-width:100%}
    figure+.finding,figure+.value{margin-top:1.25rem}
    figure+figure{margin-top:1.75rem}
    summary{cursor:pointer;color:var(--muted);font-size:.8125rem;width:fit-content;
    padding:.15rem 0}
    summary:hover{color:var(--accent)}
    .code{margin-bottom:.6rem}
    .code[open] summary{margin-bottom:.35rem}
    .cell-id{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:.75rem;opacity:.9}
    .data .scroll{max-height:31rem}
    .cell:empty{margin:0}
    .result td{white-space:nowrap;unicode-bidi:isolate}
    .result td.long{white-space:normal;min-width:12rem;max-width:26rem}
    .result caption span{display:inline-block;position:sticky;left:0;
    max-width:calc(100vw - 3rem)}
    .result td,.result th{padding-left:.1rem}
    .result thead th{position:sticky;top:0;background:var(--paper);
    box-shadow:inset 0 -1px var(--muted);border-bottom:0}
    .result tbody tr:hover td{background:var(--wash)}
    .result tbody tr:last-child td{border-bottom-color:var(--line)}
    .missing,.empty{color:var(--muted)}
    .chart-figure .picture{overflow-x:auto}
    .chart-figure .tall{max-height:42rem;overflow-y:auto;border-bottom:1px solid var(--line)}
    .table-figure:has(.all[open])>.scroll{display:none}
    .all[open]>summary{margin-bottom:.4rem}
    .all[open]>summary .part{display:none}
    .chart{display:block;width:100%;min-width:34rem;height:auto}
    .narrow{display:none}
    .narrow .chart{min-width:0;max-width:30rem}
    @media screen and (max-width:36rem){.picture:has(+.narrow){display:none}
    .narrow{display:block}}
    figcaption,.caption{color:var(--muted);font-size:.875rem;margin:.45rem 0 .2rem;
    max-width:42rem}
    .note{font-size:.875rem;color:var(--muted);border-left:3px solid var(--line);
    padding-left:.8rem}
    .tools{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;
    gap:0 1.5rem;color:var(--muted);font-size:.8125rem;padding-top:.3rem}
    .tools .data{flex:1 1 12rem;min-width:0}
    .tools .data[open]{flex-basis:100%}
    .tools .data[open] .scroll{margin:.5rem 0;color:var(--ink)}
    .tools .data caption{display:none}
    .downloads{display:inline-flex;gap:1rem}
    .downloads a{color:var(--muted)}
    .downloads a:hover{color:var(--accent)}
    .downloads a::before{content:"↓ ";text-decoration:none;display:inline-block;
    white-space:pre}
    .value{display:flex;flex-direction:column;gap:.1rem;margin:0 0 1rem}
    .value .name{color:var(--muted);font-size:.875rem}
    .value .number{font-size:2rem;line-height:1.15;font-weight:650;letter-spacing:-.015em;
    font-variant-numeric:tabular-nums}
    .message{font-size:.9375rem;color:var(--muted)}
    .skipped{font-size:.9375rem;color:var(--muted);background:var(--wash);border-radius:8px;
    padding:.7rem 1rem}
    .h-keyword{color:var(--h-keyword)}
    .h-verb{color:var(--h-verb);font-weight:600}
    .h-function{color:var(--h-function)}
    .h-text{color:var(--h-text)}
    .h-number,.h-date{color:var(--h-number)}
    .h-comment{color:var(--h-comment);font-style:italic}
    .h-variable{color:var(--h-variable)}
    .h-sign{color:var(--muted)}
    """

  static let findings = """
    .failures{margin-top:1.5rem;padding:.9rem 1.1rem;background:var(--bad-wash);
    border-radius:8px}
    .failures h2{margin:0 0 .3rem;font-size:1rem;color:var(--bad)}
    .failures ul{margin:0}
    .failures.warned{background:var(--warn-wash)}
    .failures.warned h2{color:var(--warn)}
    .finding{margin:0 0 1rem;padding:.9rem 1.1rem;border-radius:8px;border:1px solid}
    .finding.error{border-color:var(--bad);background:var(--bad-wash)}
    .finding.warning{border-color:var(--warn);background:var(--warn-wash)}
    .finding p{margin:0 0 .5rem}
    .finding>:last-child{margin-bottom:0}
    .finding p code,.failures code{background:none;padding:0;font-size:.95em}
    .finding-code{font-size:.8125rem;font-weight:600;margin-right:.35rem}
    .error .finding-code{color:var(--bad)}
    .warning .finding-code{color:var(--warn)}
    .finding .place{margin:0;color:var(--muted);font-size:.8125rem;
    font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    .excerpt{margin:.2rem 0 .6rem;padding:.5rem .75rem;background:var(--paper)}
    .line-number{color:var(--muted);user-select:none}
    mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--bad);
    border-radius:2px 2px 0 0}
    .mark-label{color:var(--bad)}
    .warning mark{border-bottom-color:var(--warn);background:none}
    .warning .mark-label{color:var(--warn)}
    .schema{margin-top:.3rem}
    """

  static let print = """
    @page{margin:18mm 16mm}
    @media print{
    body{display:block;max-width:none;padding:0;font-size:10.5pt;line-height:1.5}
    .skip,.downloads,.contents,summary,details:not([open]){display:none!important}
    h1{font-size:24pt}
    h2{font-size:15pt}
    h2,h3,h4,caption{break-after:avoid}
    .tools{break-before:avoid}
    .chart-figure,.finding,.value,tr,blockquote{break-inside:avoid}
    thead{display:table-header-group}
    .scroll,.table-figure .scroll,.data .scroll,.chart-figure .tall{overflow:visible;
    max-height:none}
    .all:not([open]){display:block!important}
    .all:not([open])>summary{display:block!important;list-style:none}
    .result thead th{position:static;box-shadow:none;border-bottom:1px solid var(--muted)}
    .result td.words{white-space:normal}
    .act{display:none}
    .chart{min-width:0;width:88%}
    table{font-size:8.5pt}
    pre{white-space:pre-wrap;border:1px solid var(--line)}
    a{color:inherit;text-decoration:none}
    main a[href^="http"]::after{content:" (" attr(href) ")";color:var(--muted);font-size:.85em}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
    """
}
