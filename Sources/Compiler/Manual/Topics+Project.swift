extension Topic {
  static let project: [Topic] = [
    Topic(
      "settings", .language, "what holds for a whole run: zone, first day of weeks, engine",
      """
      The file `whom.toml` in the folder of a program, or in one above it, holds for all programs and
      notebooks there; the prompt looks for it from the current folder on.

      | setting | what it says | if not said |
      |---|---|---|
      | `zone` | whose clocks tell days and hours | `UTC` |
      | `week_start` | the day that weeks begin with | `monday` |
      | `min_group` | how many people a group has at least that leaves: see `privacy` | `5` |
      | `engine` | where queries run: an address, or `duckdb` | `duckdb` |
      | `root` | the folder that paths start from | that of the file that says them |
      | `threads`, `memory` | what the engine may use: `4`, `"4GB"` | all threads, 80 % |

      Under `[run]` and `[report]` stand those that the front matter of a notebook has: `on_error`,
      `cell_timeout`, `timeout`; `code`, `toc`, `rows`, `data`, `lead`. The front matter may have all
      of them itself. The later of these counts: default, `whom.toml`, front matter, environment
      (`WHOM_ZONE`), flag (`--zone`). `whom doctor` shows what counts in a folder, and why.

      The zone decides what `day`, `month`, `hour_of_day`, `today` and their kin give, what a date
      means beside a timestamp, which instant a timestamp without a zone is, in a file as in a
      program, and how people see instants. It changes no instant and no length of time; files that
      are written and `csv` or `json` that is printed stay in UTC and say so. `week_start` moves
      `week`, weeks of `series` and periods such as `@2025-W14`.
      """),
    Topic(
      "offline", .language, "checking where neither the data nor the server are",
      """
      Every check and run of a program or notebook without a mistake keeps what it saw of its sources
      in `.whom/schemas.json` of the project (the nearest folder upwards with a `.whom` or a
      `whom.toml`): names, types and labels of columns, of files by their path from there and how they
      are read, of tables by name, of queries in SQL by a digest. No row, address or password is in
      it. `whom check --offline FILE...` goes by that file: it opens no data and reaches no server,
      says how old the oldest look was, and refuses what was never seen (E0609). Where it says when a
      source was seen, that is right to a week, so that the file seldom changes: keep it with the
      programs. Modules are read beside the program, models from `.whom/models`; a zone other than
      UTC still needs the embedded engine.
      """),
    Topic(
      "prompt", .language, "what works at the prompt: keys, completion, commands",
      """
      `whom` without a program opens it. Enter runs what is complete and else adds a line; Alt-Enter
      always adds one; an empty line ends the input. The arrows move within its lines, then through
      earlier inputs; Ctrl-R looks for one. A blank in front keeps an input out of the history. A line
      that begins with `|` goes on from `it`, the last result. Ctrl-C throws the input away or stops
      what runs; Ctrl-D leaves.

      Tab completes: columns with their types, verbs, functions with their arguments, names of the
      program, files behind `read`, the values of a column of texts behind `==`, commands.

      | command | what it does |
      |---|---|
      | `:help`, `:doc NAME`, `?NAME` | the commands; what a verb or a function does |
      | `:type E`, `:schema R`, `:sql E`, `:plan E` | what an expression is, without running it |
      | `:time E` | runs it and says how long it took and which rows joins left out |
      | `:last N`, `:rows N`, `:format F` | how results are shown |
      | `:vars`, `:params`, `:set NAME=VALUE`, `:models` | what is bound, set and saved |
      | `:load FILE`, `:run NB.md`, `:edit`, `:history TEXT` | programs, notebooks, `$EDITOR`, earlier inputs |
      | `:save NB.md` | a notebook of what the last result needs |

      What stands in `~/.config/whom/init.whom` runs first, unless `--no-init` is given. Results that
      do not fit on the screen are shown by `$PAGER`.
      """),
  ]
}
