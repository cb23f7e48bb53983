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
      | `engine` | where queries run: an address, or `duckdb` | `duckdb` |
      | `root` | the folder that paths start from | that of the file that says them |
      | `threads`, `memory` | what the engine may use: `4`, `"4GB"` | all threads, 80 % |

      Under `[run]` and `[report]` stand those that the front matter of a notebook has: `on_error`,
      `cell_timeout`, `timeout`; `code`, `toc`, `rows`, `data`. The front matter may have all of them
      itself. The later of these counts: default, `whom.toml`, front matter, environment
      (`WHOM_ZONE`), flag (`--zone`). `whom doctor` shows what counts in a folder, and why.

      The zone decides what `day`, `month`, `hour_of_day`, `today` and their kin give, what a date
      means beside a timestamp, which instant a timestamp without a zone is, in a file as in a
      program, and how people see instants. It changes no instant and no length of time; files that
      are written and `csv` or `json` that is printed stay in UTC and say so. `week_start` moves
      `week`, weeks of `series` and periods such as `@2025-W14`.
      """)
  ]
}
