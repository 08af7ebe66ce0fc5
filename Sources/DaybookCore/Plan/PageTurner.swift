/// Follows the pages of an answer to their end: of days, of a walk back, of a list of changes.
///
/// | the page …                                      | then                       |
/// | ----------------------------------------------- | -------------------------- |
/// | says that there is no more (`more`)             | it was the last            |
/// | names a next one                                | ask for that, empty or not |
/// | names none                                      | it was the last            |
/// | says that there is more, and does not name it   | fault                      |
/// | is counted, and not empty                       | ask for the next number    |
/// | is counted, and empty                           | it was the last            |
/// | names one that has come, or is the thousandth   | fault: a ring, or no end   |
public struct PageTurner: Hashable, Sendable {
  public enum Fault: String, Error, Sendable {
    case endless = "its pages have no end"
    case longMark = "the mark of its next page is longer than can be kept"
    case noMark = "it says that there is another page, and not which"
  }

  /// The page to ask for; nil: the first.
  public private(set) var mark: String?
  /// Pages that have come.
  public private(set) var count = 0
  private var marks: Set<String> = []

  public init() {}

  /// A page has come. True: there is another one, which ``mark`` names now.
  ///
  /// - Parameter found: what the scanner found at ``Pages/wanted``.
  public mutating func turn(_ pages: Pages?, found: [[JSONScalar]], items: Int) throws(Fault)
    -> Bool
  {
    count += 1
    guard let next = try next(pages, found, items) else { return false }
    guard next.utf8.count < Limits.capturedBytes else { throw .longMark }
    guard marks.insert(next).inserted, count < Limits.pages else { throw .endless }
    mark = next
    return true
  }

  private func next(_ pages: Pages?, _ found: [[JSONScalar]], _ items: Int) throws(Fault)
    -> String?
  {
    switch pages?.mark {
    case nil: return nil
    case .counter(_, let first, let step)?:
      return items == 0 ? nil : String(first + step * count)
    case .token?:
      let saysMore = pages?.more == nil ? nil : found.dropFirst().first?.first?.saysYes ?? false
      if saysMore == false { return nil }
      if let token = found.first?.first?.mark { return token }
      if saysMore == true { throw .noMark }
      return nil
    }
  }
}

extension Pages {
  /// What a page is searched for.
  public var wanted: [JSONPointer] {
    guard case .token(_, let at) = mark else { return [] }
    return [at] + (more.map { [$0] } ?? [])
  }
}

extension JSONScalar {
  /// Text or a number that can be sent back.
  fileprivate var mark: String? {
    (kind == .string || kind == .number) && !text.isEmpty ? text : nil
  }

  /// `true`, or any number but 0.
  fileprivate var saysYes: Bool {
    switch kind {
    case .literal, .string: text == "true"
    case .number: Double(text) != 0
    }
  }
}
