import Estimation
import Testing
import Values

@Suite("Models from and for elsewhere")
struct ExchangeTests {
  /// Two trees as LightGBM writes them: a number at 0.5, then categories 0 and 2 to the left.
  private static let text = """
    tree
    version=v4
    num_class=1
    num_tree_per_iteration=1
    label_index=0
    max_feature_idx=1
    objective=binary sigmoid:1
    feature_names=tenure plan
    feature_infos=[0:9] 0:1:2
    tree_sizes=1 1

    Tree=0
    num_leaves=2
    num_cat=0
    split_feature=0
    split_gain=5
    threshold=0.5
    decision_type=2
    left_child=-1
    right_child=-2
    leaf_value=-1 1
    leaf_weight=1 1
    leaf_count=3 5
    internal_value=0
    internal_weight=0
    internal_count=8
    is_linear=0
    shrinkage=1


    Tree=1
    num_leaves=2
    num_cat=1
    split_feature=1
    split_gain=2
    threshold=0
    decision_type=1
    left_child=-1
    right_child=-2
    leaf_value=0.25 -0.5
    leaf_weight=1 1
    leaf_count=4 4
    internal_value=0
    internal_weight=0
    internal_count=8
    cat_boundaries=0 1
    cat_threshold=5
    is_linear=0
    shrinkage=1


    end of trees

    pandas_categorical:[["a", "b", "c"]]
    """

  private static let frame = Frame(
    rowCount: 4,
    columns: [
      FrameColumn("tenure", .numbers([0.5, 0.6, 2, -1])),
      FrameColumn("plan", .categories(codes: [0, 1, 2, 3], levels: ["c", "b", "a", "new"])),
    ])

  @Test("A file of LightGBM becomes a model; scores are those worked out by hand")
  func reading() throws {
    let model = try Model(lightGBM: Self.text, labels: ["stays", "leaves"])
    #expect(model.task == .classification(labels: ["stays", "leaves"]))
    // 5 is bits 0 and 2: a and c go left; what is not known goes right.
    let raw = [-1 + 0.25, 1 - 0.5, 1 + 0.25, -1 - 0.5]
    #expect(try model.scores(Self.frame) == raw.map(Link.logistic))
    let contributions = try #require(try model.contributions(Self.frame))
    // The start is the mean of the leaves: (-3 + 5) / 8 + (1 - 2) / 8.
    #expect(contributions.start(row: 0) == 0.125)
    // One feature a tree: what it adds is the leaf less the tree's mean.
    #expect((0..<4).map { contributions.value(row: $0, feature: 0) } == [-1.25, 0.75, 0.75, -1.25])
    #expect(contributions.value(row: 1, feature: 1) == -0.375)
  }

  @Test("It goes out as it came, and is kept as text and as bytes")
  func writing() throws {
    let model = try Model(lightGBM: Self.text)
    let text = try #require(try model.lightGBMText)
    #expect(text.contains("feature_names=tenure plan\n"))
    #expect(text.hasSuffix("pandas_categorical:[[\"a\",\"b\",\"c\"]]\n"))
    let again = try Model(lightGBM: text)
    #expect(again.encoded == model.encoded)
    let bytes = model.bytes
    #expect(try Model(bytes: bytes).encoded == model.encoded)
    #expect(bytes.count < model.encoded.utf8.count)
    #expect(bytes.prefix(5) == [0x57, 0x48, 0x4F, 0x4D, 1])
  }

  @Test("Bytes that are cut or changed are refused, never a crash")
  func brokenBytes() throws {
    let bytes = try Model(lightGBM: Self.text).bytes
    for end in bytes.indices {
      #expect(throws: EstimationError.self) { _ = try Model(bytes: Array(bytes[..<end])) }
    }
    var draws = Draws(seed: 12)
    for _ in 0..<500 {
      var changed = bytes
      changed[Int(draws.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: draws.next())
      _ = try? Model(bytes: changed)
    }
    // A list of lists without end, and a length beyond everything.
    #expect(throws: EstimationError.self) {
      _ = try Model(bytes: Array(bytes[..<5]) + [UInt8](repeating: 5, count: 1) + [1])
    }
    #expect(throws: EstimationError.self) {
      _ = try Model(bytes: Array(bytes[..<5]) + (0..<200).flatMap { _ in [UInt8(5), 1] } + [0])
    }
    #expect(throws: EstimationError.self) {
      _ = try Model(bytes: Array(bytes[..<5]) + [7, 0xff, 0xff, 0xff, 0xff, 0x7f])
    }
  }

  @Test("Files that are not LightGBM's, names that do not fit")
  func refusals() throws {
    for (old, new) in [
      ("feature_names=tenure plan", "feature_names=tenure"),
      ("feature_names=tenure plan", "feature_names=plan plan"),
      ("objective=binary", "objective=cox"), ("feature_infos=[0:9] 0:1:2", ""),
      ("version=v4", "version=v9"), ("sigmoid:1", "sigmoid:2"), ("is_linear=0", "is_linear=1"),
      ("[[\"a\", \"b\", \"c\"]]", "[[\"a\"], [\"b\"]]"), ("left_child=-1", "left_child=-2"),
      ("leaf_value=-1 1", "leaf_value=nan 1"), ("leaf_count=3 5", "leaf_count=3 -5"),
      ("threshold=0.5", "threshold=nan"),
    ] {
      #expect(throws: EstimationError.self, "\(new)") {
        _ = try Model(lightGBM: Self.text.replacing(old, with: new))
      }
    }
    #expect(throws: EstimationError.lengthMismatch("the classes", found: 3, wanted: 2)) {
      _ = try Model(lightGBM: Self.text, labels: ["a", "b", "c"])
    }
    // Without pandas' line a category is the whole number that it was.
    let plain = try Model(
      lightGBM: Self.text.replacing("[[\"a\", \"b\", \"c\"]]", with: "null"))
    #expect(plain.preparation.features[1].kind == .number)
    #expect(plain.task == .classification(labels: ["false", "true"]))
  }

  @Test("Trees that do not fit the quick form are walked: categories beyond 65,000")
  func largeCodes() throws {
    // Bit 0 of word 2200 is the category 70400.
    let words = [String](repeating: "0", count: 2200) + ["1"]
    let text = Self.text.replacing("cat_boundaries=0 1", with: "cat_boundaries=0 2201")
      .replacing("cat_threshold=5", with: "cat_threshold=" + words.joined(separator: " "))
    let trees = try TreeEnsemble(lightGBM: text)
    let design = Design(
      features: ["tenure", "plan"].map { Feature($0, sources: [], kind: .number) }, rowCount: 3,
      columns: [[0, 1, 1], [70_400, 70_401, .nan]])
    #expect(trees.raw(design, sharing: WorkSharing(threads: 1)) == [-0.75, 0.5, 0.5])
  }

  @Test("What differs between two models")
  func difference() throws {
    let old = try Model(lightGBM: Self.text)
    var new = old
    new.arguments["rounds"] = .number(5)
    new.rows = 7
    #expect(ModelDifference(old, old).rows.isEmpty)
    #expect(
      ModelDifference(old, new).rows == [
        .init("rows", "", "0", "7"), .init("argument", "rounds", nil, "5"),
      ])
    let renamed = try Model(
      lightGBM: Self.text.replacing("feature_names=tenure plan", with: "feature_names=age plan"))
    #expect(
      ModelDifference(old, renamed).rows == [
        .init("feature", "age", nil, "numbers"), .init("feature", "tenure", "numbers", nil),
      ])
  }
}
