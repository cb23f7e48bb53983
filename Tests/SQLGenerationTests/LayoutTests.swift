import SQLGeneration
import SQLTree
import Testing
import Values

/// What a person who writes SQL daily would write, and would not shorten.
struct LayoutTests {
  private func sql(_ query: SQLQuery, _ dialect: Dialect = .duckDB) -> String {
    SQLPrinter(dialect).print(query)
  }

  private func orders(_ change: (inout SQLSelect) -> Void) -> SQLQuery {
    var select = SQLSelect()
    select.from = .named(["orders"], alias: "orders")
    change(&select)
    return .select(select)
  }

  @Test func oneClauseALine() {
    let query = orders {
      $0.items = [
        SQLItem(.column("region"), as: "region"),
        SQLItem(.call("exact_sum", [.column("amount")]), as: "revenue"),
        SQLItem(.aggregate(SQLAggregate("count", [.star], filter: .column("paid"))), as: "n"),
      ]
      $0.filter = .binary(.column("amount"), .greater, .int(0))
      $0.group = [.column("region")]
      $0.order = [SQLOrder(.column("revenue"), descending: true), SQLOrder(.column("region"))]
      $0.limit = 10
    }
    #expect(
      sql(query) == """
        select "region", exact_sum("amount") as "revenue", count(*) filter (where "paid") as "n"
        from "orders"
        where "amount" > 0
        group by "region"
        order by "revenue" desc, "region"
        limit 10
        """)
  }

  @Test func manyItemsHaveALineEach() {
    let names = (1...8).map { "a_rather_long_column_\($0)" }
    let query = orders { $0.items = names.map { SQLItem(.column($0), as: $0) } }
    let expected =
      "select\n" + names.map { "  \"\($0)\"" }.joined(separator: ",\n") + "\nfrom \"orders\""
    #expect(sql(query) == expected)
  }

  @Test func onlyPostgreSQLHearsAboutNullsInADescendingKey() {
    let keys = [
      SQLOrder(.column("a"), descending: true), SQLOrder(.column("b")),
      SQLOrder(.column("c"), descending: true, nullable: false),
    ]
    let query = orders { $0.order = keys }
    #expect(sql(query).hasSuffix("order by \"a\" desc, \"b\", \"c\" desc"))
    #expect(
      sql(query, .postgreSQL).hasSuffix("order by \"a\" desc nulls last, \"b\", \"c\" desc"))
  }

  @Test func queriesInQueriesAreIndented() {
    let inner = orders { $0.filter = .column("paid") }
    var outer = SQLSelect()
    outer.items = [SQLItem(.aggregate(SQLAggregate("count", [.star])), as: "n")]
    outer.from = .query(inner, alias: "o")
    outer.joins = [
      SQLJoin(.left, .named(["main", "people"], alias: "p"), using: ["id"]),
      SQLJoin(
        .inner, .named(["days"], alias: nil),
        on: .binary(.column(table: "o", "day"), .equal, .column(table: "days", "day"))),
    ]
    #expect(
      sql(.select(outer)) == """
        select count(*) as "n"
        from (
          select *
          from "orders"
          where "paid"
        ) as "o"
        left join "main"."people" as "p" using ("id")
        join "days" on "o"."day" = "days"."day"
        """)
  }

  @Test func aWindowThatIsUsedTwiceGetsAName() {
    let window = SQLWindow(
      partition: [.column("g")], order: [SQLOrder(.column("t"))], frame: SQLFrame(start: -6, end: 0)
    )
    let other = SQLWindow(order: [SQLOrder(.column("t"), descending: true)])
    let query = orders {
      $0.items = [
        SQLItem(.star, as: "*"),
        SQLItem(.window(.call("sum", [.column("x")]), window), as: "s"),
        SQLItem(.window(.call("count", [.column("x")]), window), as: "n"),
        SQLItem(.window(.call("rank", []), other), as: "r"),
      ]
      $0.qualify = .binary(.window(.call("row_number", []), SQLWindow()), .lessOrEqual, .int(3))
    }
    #expect(
      sql(query) == """
        select
          *,
          sum("x") over w as "s",
          count("x") over w as "n",
          rank() over (order by "t" desc) as "r"
        from "orders"
        window w as (partition by "g" order by "t" rows between 6 preceding and current row)
        qualify row_number() over () <= 3
        """)
  }

  @Test func longConditionsAndChoicesAreBroken() {
    func test(_ number: Int) -> SQLExpr {
      .binary(.column("a_rather_long_column_\(number)"), .notEqual, .int(number))
    }
    let query = orders {
      $0.filter = SQLExpr.joined([1, 2, 3].map(test), by: .and)
      $0.items = [
        SQLItem(
          .conditional(
            [
              SQLBranch(when: test(1), then: .text("one")),
              SQLBranch(when: test(2), then: .text("two")),
            ],
            otherwise: .text("many")), as: "words")
      ]
    }
    #expect(
      sql(query) == """
        select
          case
            when "a_rather_long_column_1" <> 1 then 'one'
            when "a_rather_long_column_2" <> 2 then 'two'
            else 'many'
          end as "words"
        from "orders"
        where "a_rather_long_column_1" <> 1
          and "a_rather_long_column_2" <> 2
          and "a_rather_long_column_3" <> 3
        """)
  }

  @Test func unitedQueriesKeepWhatBelongsToTheWhole() {
    let first = orders { $0.limit = 1 }
    let second = orders { _ in }
    let query = SQLQuery.combined(
      .combined(second, .unionAll, second, order: [], limit: nil), .unionAll, first,
      order: [SQLOrder(.column("id"))], limit: 5)
    #expect(
      sql(query) == """
        select *
        from "orders"
        union all
        select *
        from "orders"
        union all
        (
          select *
          from "orders"
          limit 1
        )
        order by "id"
        limit 5
        """)
  }

  @Test func statements() {
    let printer = SQLPrinter(.duckDB)
    let query = orders { $0.items = [SQLItem(.int(1), as: "one")] }
    #expect(
      printer.print(
        .copy(query, path: "o'clock.parquet", options: [SQLField("format", .exact("parquet"))]))
          == """
          copy (
            select 1 as "one"
            from "orders"
          ) to 'o''clock.parquet' (format parquet)
          """)
    #expect(
      printer.print(.dropTable(name: ["scratch", "r1"])) == #"drop table if exists "scratch"."r1""#)
    #expect(
      printer.print(.createView(name: ["v"], query))
        == "create or replace view \"v\" as\nselect 1 as \"one\"\nfrom \"orders\"")
  }

  @Test func parenthesesStandOnlyWhereTheySaySomething() {
    let (a, b, c) = (SQLExpr.column("a"), SQLExpr.column("b"), SQLExpr.column("c"))
    let cases: [(SQLExpr, String)] = [
      (.binary(.binary(a, .minus, b), .minus, c), "\"a\" - \"b\" - \"c\""),
      (.binary(a, .minus, .binary(b, .minus, c)), "\"a\" - (\"b\" - \"c\")"),
      (.binary(a, .plus, .binary(b, .times, c)), "\"a\" + \"b\" * \"c\""),
      (.binary(.binary(a, .plus, b), .times, c), "(\"a\" + \"b\") * \"c\""),
      (.binary(.binary(a, .or, b), .and, c), "(\"a\" or \"b\") and \"c\""),
      (.binary(.binary(a, .and, b), .or, c), "\"a\" and \"b\" or \"c\""),
      (.prefix(.not, .binary(a, .equal, b)), "not \"a\" = \"b\""),
      (.prefix(.minus, .prefix(.minus, a)), "-(-\"a\")"),
      (.prefix(.minus, .int(-1)), "-(-1)"),
      (.binary(a, .minus, .int(-1)), "\"a\" - -1"),
      (.postfix(.binary(a, .less, b), .isNotTrue), "(\"a\" < \"b\") is not true"),
      (.binary(.postfix(a, .isNull), .equal, b), "(\"a\" is null) = \"b\""),
      (
        .inList(.binary(a, .plus, b), [.int(1), .int(2)], negated: true),
        "\"a\" + \"b\" not in (1, 2)"
      ),
      (.field(a, "x"), "\"a\".\"x\""), (.element(.call("f", [a]), 1), "(f(\"a\"))[1]"),
    ]
    for (expr, expected) in cases { #expect(SQLPrinter(.duckDB).print(expr) == expected) }
  }

  @Test func sessionsLearnWhichMacrosAStatementNeeds() {
    let inner = orders {
      $0.items = [SQLItem(.call("floor_mod", [.column("a"), .int(7)]), as: "m")]
    }
    let query = orders {
      $0.filter = .inQuery(.call("finite", [.column("a")]), inner, negated: false)
    }
    let statement = SQLStatement.query(query)
    #expect(statement.functionNames == ["finite", "floor_mod"])
    #expect(Dialect.duckDB.prelude(for: statement).map(\.name) == ["finite", "floor_mod"])
    #expect(
      Dialect.duckDB.prelude(for: statement, known: ["finite"]).map(\.name) == ["floor_mod"])
    // Overloads come all.
    #expect(
      Dialect.postgreSQL.prelude(for: statement).map(\.name) == [
        "pg_temp.finite", "pg_temp.floor_mod", "pg_temp.floor_mod", "pg_temp.floor_mod",
        "pg_temp.floor_mod",
      ])
    // The ones that a routine calls stand before it.
    let written = SQLStatement.query(
      orders { $0.items = [SQLItem(.call("haversine_km", [.column("a")]), as: "km")] })
    #expect(
      Dialect.postgreSQL.prelude(for: written).map(\.name) == [
        "pg_temp.upright", "pg_temp.squared_sine", "pg_temp.haversine_km",
      ])
  }
}
