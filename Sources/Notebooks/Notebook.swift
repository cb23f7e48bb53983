package import Diagnostics
package import Reporting

/// A notebook as its author wrote it: settings, prose and cells in document order. Nothing here
/// is checked against data; outputs never live in the file.
///
/// Every span counts bytes of the notebook's own file, so that a message about a cell shows the
/// line that the author sees in the editor.
package struct Notebook: Sendable {
  package var file: FileID
  package var frontMatter: FrontMatter
  package var blocks: [Block]
  package var cells: [Cell]
  /// The `{= expr =}` of all prose, in document order: `ProseInline.hole(n)` is the n-th.
  package var inlineExprs: [InlineExpr]

  package enum Block: Hashable, Sendable {
    case prose([ProseBlock])
    /// An index into `cells`.
    case cell(Int)
  }

  package init(
    file: FileID, frontMatter: FrontMatter, blocks: [Block], cells: [Cell],
    inlineExprs: [InlineExpr]
  ) {
    self.file = file
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.cells = cells
    self.inlineExprs = inlineExprs
  }
}

/// One ```` ```whom ```` fence that runs.
package struct Cell: Hashable, Sendable {
  /// As given by `#id`, else `cell-N` with N counted from 1 over all cells.
  package var id: String
  package var options: CellOptions
  /// The program text below the options: what the parser reads.
  package var code: Span
  /// The opening fence's line: what a message about the whole cell points at.
  package var head: Span

  package init(id: String, options: CellOptions, code: Span, head: Span) {
    self.id = id
    self.options = options
    self.code = code
    self.head = head
  }
}

/// `{= orders | count =}` within prose: computed where it stands, so that it sees the bindings
/// of the cells above it.
package struct InlineExpr: Hashable, Sendable {
  /// The pipeline between the signs, without the white space around it.
  package var expr: Span
  /// How many cells stand above it.
  package var cellsAbove: Int

  package init(expr: Span, cellsAbove: Int) {
    self.expr = expr
    self.cellsAbove = cellsAbove
  }
}
