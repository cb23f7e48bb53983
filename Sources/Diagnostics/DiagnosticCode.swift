/// The stable name of a kind of finding. Codes are never reused; the hundreds group them by phase:
/// 01 syntax, 02 names, 03 types, 04 verbs, 05 privacy, 06 reading and writing, 07 running,
/// 08 notebooks and parameters, 10 models. `W` codes are warnings.
package enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
  // Syntax
  case unexpectedCharacter = "E0101"
  case unterminatedText = "E0102"
  case badNumber = "E0103"
  case badDate = "E0104"
  case badDuration = "E0105"
  case badEscape = "E0106"
  case unexpectedToken = "E0107"
  case foreignSyntax = "E0108"
  case unclosedBracket = "E0109"
  case nestingTooDeep = "E0110"
  case chainedComparison = "E0111"
  case reservedWord = "E0112"
  case repeatedClause = "E0113"
  case clauseNotHere = "E0114"
  case notYetAVerb = "E0115"

  // Names
  case unknownColumn = "E0201"
  case unknownBinding = "E0202"
  case unknownFunction = "E0203"
  case unknownVerb = "E0204"
  case bindingNeedsDollar = "E0205"
  case duplicateName = "E0206"
  case unknownModule = "E0207"
  case unnamedColumn = "E0208"
  case recursion = "E0209"
  case itOutsidePrompt = "E0210"
  case redefinedBuiltin = "E0211"
  case moduleCycle = "E0220"
  case notInModule = "E0221"

  // Types
  case typeMismatch = "E0301"
  case notABool = "E0302"
  case wrongArgumentCount = "E0303"
  case badArgument = "E0304"
  case currencyMismatch = "E0305"
  case notOrdered = "E0306"
  case notARelation = "E0307"
  case notAValue = "E0308"
  case notConstant = "E0309"

  // Verbs
  case aggregateNeedsBy = "E0401"
  case aggregateNotHere = "E0402"
  case windowNotHere = "E0403"
  case orderArgument = "E0404"
  case joinKeys = "E0405"
  case joinNameClash = "E0406"
  case fanOut = "E0407"
  case badCount = "E0408"
  case chartArguments = "E0409"
  case nestedAggregate = "E0410"
  case columnsDiffer = "E0411"
  case metricNotHere = "E0420"
  case badSQL = "E0421"

  // Privacy
  case personalData = "E0501"
  case noPseudonymKey = "E0502"
  case badLabels = "E0503"
  case uncountedPeople = "E0504"

  // Reading and writing
  case fileNotFound = "E0601"
  case unreadableFile = "E0602"
  case unknownFormat = "E0603"
  case ambiguousDates = "E0604"
  case badRow = "E0605"
  case cannotWrite = "E0606"
  case changedDuringRun = "E0607"
  case filesDiffer = "E0608"
  case noKeptSchema = "E0609"

  // Running
  case conversionFailed = "E0701"
  case overflow = "E0702"
  case engineMissing = "E0703"
  case engineFailed = "E0704"
  case cancelled = "E0705"
  case valueNotSingle = "E0706"
  case expectationFailed = "E0707"
  case assertionFailed = "E0708"
  case timedOut = "E0709"
  case notOnEngine = "E0710"
  case serverUnreachable = "E0711"

  // Notebooks and parameters
  case badNotebook = "E0801"
  case unknownOption = "E0802"
  case unknownParameter = "E0803"
  case badParameter = "E0804"
  case parameterOutsideDomain = "E0805"
  case badSetting = "E0806"

  case internalError = "E0900"

  // Models
  case badFormula = "E1001"
  case unknownEstimator = "E1002"
  case labelledFeature = "E1003"
  case notAModel = "E1004"
  case modelInput = "E1005"
  case trainedOnTheseRows = "E1006"
  case trainingFailed = "E1007"
  case unknownModel = "E1008"
  case notKept = "E1009"
  case unknownPart = "E1010"
  case damagedModel = "E1011"

  // Warnings
  case orderLost = "W0401"
  case dependsOnSource = "W0402"
  case neverMatches = "W0403"
  case nullableCondition = "W0301"
  case floatEquality = "W0302"
  case looksPersonal = "W0501"
  case renamedColumn = "W0601"
  case textForMissing = "W0602"
  case notFinite = "W0603"
  case nulInFile = "W0604"
  case keyNotSeen = "W0605"
  case cutSecond = "W0606"
  case expectationWarning = "W0701"
  case rowsDropped = "W0702"
  case valuesLeftOut = "W0703"
  case smallGroups = "W0704"
  case trainingNotice = "W1001"
  case maybeTrained = "W1002"
  case unknownGroups = "W1003"
  case scoredHere = "W1004"
  case notInQuery = "W1005"
  case unscoredRows = "W1006"

  /// Whether it speaks of the rows that were read, not of how the program is written: such a
  /// warning belongs into a report.
  package var isAboutData: Bool {
    severity == .warning && (rawValue.hasPrefix("W06") || rawValue.hasPrefix("W07"))
  }

  package var severity: Diagnostic.Severity { rawValue.hasPrefix("W") ? .warning : .error }
}
