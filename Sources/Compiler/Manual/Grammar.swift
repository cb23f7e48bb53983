/// The surface of the language, for the manual. `?`, `*` and `+` mean optional, any number, at least
/// one.
package enum Grammar {
  package static let statements = """
    program    = (statement (NEWLINE statement)*)?
    block      = "{" program "}"

    statement  = let | param | metric | function | use | if_block | for_block | assert | pipeline
    let        = "let" NAME "=" pipeline
    param      = "param" NAME (":" type)? ("in" coalesce)? ("=" expr)?
    metric     = "metric" NAME "on" NAME "=" filtered
    function   = "fn" NAME "(" parameters? ")" ("=" pipeline | block)
    parameters = parameter ("," parameter)* ","?
    parameter  = NAME (":" type)? ("=" expr)?
    use        = "use" (NAME | TEXT) ("as" NAME)?
    if_block   = "if" expr block ("else" (block | if_block))?
    for_block  = "for" NAME "in" coalesce block
    assert     = "assert" expr ("," expr)?

    type       = NAME ("(" type_arg ("," type_arg)* ")")? ("<" type ">")? ("{" fields? "}")? "?"?
    type_arg   = NUMBER | NAME
    fields     = NAME ":" type ("," NAME ":" type)* ","?
    """

  package static let pipelines = """
    pipeline   = expr ("|" stage)*
    stage      = where | derive | select | drop | rename | summarize | sort | take | top | distinct | sample | split
               | join | union | except | intersect | series | pivot | unpivot | unnest | label | reveal | expect
               | train | predict | evaluate | explain | route | chart | show | save | apply
    apply      = path ("(" arguments? ")")? by?

    where      = "where" expr (by | sorted | frame)*
    derive     = "derive" measures (by | sorted | frame)*
    select     = "select" bindings
    drop       = "drop" exprs
    rename     = "rename" NAME "=" NAME ("," NAME "=" NAME)*
    summarize  = "summarize" measures by?
    sort       = "sort" exprs
    take       = "take" expr (by | sorted)*
    top        = "top" expr "by" exprs
    distinct   = "distinct" exprs?
    sample     = "sample" expr (on | by | seed)*
    split      = "split" ("before" expr | exprs) (on | by | seed)*

    join       = "join" kind? "many"? relation (on | at | within | into | as)*
    kind       = "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross" | "asof" | "window"
    union      = "union" relation ("," relation)*
    except     = "except" relation
    intersect  = "intersect" relation

    series     = "series" measures (clock | every | over | fill | by)*
    pivot      = "pivot" measures (by | across)*
    unpivot    = "unpivot" exprs "as" NAME "," NAME
    unnest     = "unnest" postfix as?

    label      = "label" NAME "=" tag ("," NAME "=" tag)*
    tag        = NAME ("(" NAME ")")?
    reveal     = "reveal" exprs "because" TEXT
    expect     = "expect" check ("," check)* ("else" remedy)?
    check      = expr ("for" expr)?
    remedy     = "fail" | "warn" | "quarantine" TEXT

    train      = "train" (coalesce? "~" terms | coalesce)? using (by | weight | folds | calibrate | tune | seed | allow)*
    predict    = "predict" relation (as | reasons | horizon)*
    evaluate   = "evaluate" relation (cutoff | by | allow)*
    explain    = "explain" relation by?
    route      = "route" NAME "{" (expr "->" action ",")* "else" "->" action ","? "}" ("audit" expr on?)?
    action     = NAME TEXT? ("to" TEXT)? within?

    chart      = "chart" NAME "(" arguments? ")"
    show       = "show" expr?
    save       = "save" relation ("append" | "replace" | on)*
    relation   = postfix
    """

  package static let clauses = """
    by         = "by" ("all" | bindings)
    sorted     = "sort" exprs
    frame      = "rows" add? ".." add
    on         = "on" exprs
    at         = "at" expr
    clock      = "at" binding
    within     = "within" expr
    into       = "into" measures
    as         = "as" NAME
    seed       = "seed" expr
    every      = "every" expr
    over       = "over" expr
    fill       = "fill" expr
    across     = "across" expr
    using      = "using" NAME ("(" arguments? ")")?
    weight     = "weight" expr
    folds      = "folds" expr on?
    calibrate  = "calibrate" NAME
    tune       = "tune" expr "on" NAME
    allow      = "allow" NAME
    reasons    = "explain" expr
    horizon    = "horizon" expr
    cutoff     = "at" "top"? expr

    bindings   = binding ("," binding)*
    binding    = NAME "=" expr | expr
    measures   = measure ("," measure)*
    measure    = NAME "=" filtered | filtered
    filtered   = expr ("where" expr)?
    exprs      = expr ("," expr)*
    path       = NAME ("." NAME)*

    terms      = "-"? term (("+" | "-") term)*
    term       = factor ((":" | "*") factor)*
    factor     = NAME ("(" arguments? ")")? | VAR | NUMBER | "." | "(" terms ")"
    """

  package static let expressions = """
    expr       = "if" expr "then" expr "else" expr | or
    or         = and ("or" and)*
    and        = not ("and" not)*
    not        = "not" not | compare
    compare    = coalesce (("==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "in" | "not" "in") coalesce)?
    coalesce   = range ("??" range)*
    range      = add (".." add)?
    add        = multiply (("+" | "-") multiply)*
    multiply   = unary (("*" | "/" | "//") unary)*
    unary      = "-" unary | power
    power      = postfix ("^" unary)?
    postfix    = postfix "." NAME ("(" arguments? ")")? | atom
    atom       = NAME ("(" arguments? ")")? | VAR | NUMBER | PERCENT | DURATION | DATE | TEXT
               | "true" | "false" | "null" | "it" | SOURCE TEXT | "rows" list | list | record | case
               | "(" pipeline ")" | "(" expr "where" expr ")"
    list       = "[" (expr ("," expr)* ","?)? "]"
    record     = "{" (NAME ":" expr ("," NAME ":" expr)* ","?)? "}"
    case       = "case" "{" (expr "->" expr ",")* "else" "->" expr ","? "}"
    arguments  = argument ("," argument)* ","?
    argument   = NAME "=" expr | expr
    """
}
