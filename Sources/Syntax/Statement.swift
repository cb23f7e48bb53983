package import Diagnostics

package struct Statement: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case letBinding(name: Name, value: Pipeline)
    case param(Parameter, domain: Expr?)
    case metric(name: Name, relation: Name, measure: Item)
    case function(FunctionDeclaration)
    /// `use rfm`, `use "./lib/mine.whom" as mine`
    case use(module: ModuleReference, alias: Name?)
    case connect(source: Expr, name: Name)
    case ifBlock([ConditionalBlock], otherwise: [Statement]?)
    case forBlock(name: Name, domain: Expr, body: [Statement])
    case assert(condition: Expr, message: Expr?)
    case pipeline(Pipeline)
  }

  package var kind: Kind
  /// The `##` comment above or behind the declaration, without the signs.
  package var doc: String?
  package var span: Span

  package init(_ kind: Kind, doc: String? = nil, span: Span) {
    self.kind = kind
    self.doc = doc
    self.span = span
  }
}

package struct ConditionalBlock: Hashable, Sendable {
  package var condition: Expr
  package var body: [Statement]
  package init(condition: Expr, body: [Statement]) {
    self.condition = condition
    self.body = body
  }
}

package enum ModuleReference: Hashable, Sendable {
  case name(Name)
  case path(TextLiteral)
}

/// `name: type = default`: of a function, or of a `param` statement.
package struct Parameter: Hashable, Sendable {
  package var name: Name
  package var type: TypeSyntax?
  package var defaultValue: Expr?
  package init(name: Name, type: TypeSyntax?, defaultValue: Expr?) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
  }
}

package struct FunctionDeclaration: Hashable, Sendable {
  package var name: Name
  package var parameters: [Parameter]
  /// The `let`s of a block body, in order; empty after `=`.
  package var lets: [LocalBinding]
  package var body: Pipeline
  package init(name: Name, parameters: [Parameter], lets: [LocalBinding], body: Pipeline) {
    self.name = name
    self.parameters = parameters
    self.lets = lets
    self.body = body
  }
}

package struct LocalBinding: Hashable, Sendable {
  package var name: Name
  package var value: Pipeline
  package init(name: Name, value: Pipeline) {
    self.name = name
    self.value = value
  }
}

/// `list<text>?`, `decimal(12, 2)`, `record{a: int}`, `column<timestamp>`.
package struct TypeSyntax: Hashable, Sendable {
  package enum Argument: Hashable, Sendable {
    case number(Int)
    case name(String)
  }

  package var name: Name
  package var arguments: [Argument]
  /// The type between `<` and `>`: none or one.
  package var element: [TypeSyntax]
  package var fields: [Field]?
  package var isNullable: Bool
  package var span: Span

  package struct Field: Hashable, Sendable {
    package var name: Name
    package var type: TypeSyntax
    package init(name: Name, type: TypeSyntax) {
      self.name = name
      self.type = type
    }
  }

  package init(
    name: Name, arguments: [Argument], element: [TypeSyntax], fields: [Field]?,
    isNullable: Bool, span: Span
  ) {
    self.name = name
    self.arguments = arguments
    self.element = element
    self.fields = fields
    self.isNullable = isNullable
    self.span = span
  }
}
