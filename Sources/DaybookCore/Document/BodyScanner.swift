/// Scans one body by the kind of document that its plan expects. A page of HTML, which services put
/// in the place of data when they are in trouble, is a fault of its own for every kind.
public final class BodyScanner {
  private enum Scanner {
    case json(JSONScanner)
    case xml(XMLScanner)
    /// Nothing is asked of it but not to be a page.
    case none
  }
  private let scanner: Scanner
  private let plan: ScanPlan
  private var beginning = PageBeginning()

  /// A plan may hold at most ``Limits/scanPointers`` different pointers.
  public init(_ plan: ScanPlan) {
    self.plan = plan
    switch plan.document {
    case .json: scanner = .json(JSONScanner(plan))
    case .xml: scanner = .xml(XMLScanner(plan))
    case .bytes: scanner = .none
    }
  }

  /// Takes the next bytes of the body. After a fault the rest is ignored.
  public func feed(_ bytes: UnsafeRawBufferPointer) {
    beginning.take(bytes)
    switch scanner {
    case .json(let json): json.feed(bytes)
    case .xml(let xml): xml.feed(bytes)
    case .none: break
    }
  }

  /// Ends the body. Call it once, last.
  public func finish() -> ScanReport {
    let report =
      switch scanner {
      case .json(let json): json.finish()
      case .xml(let xml): xml.finish()
      case .none: ScanReport(plan)
      }
    guard beginning.isPage else { return report }
    return ScanReport(DocumentFault(offset: 0, reason: .page), plan)
  }

  /// Scans a body that is in memory.
  public static func scan(_ bytes: [UInt8], _ plan: ScanPlan = ScanPlan()) -> ScanReport {
    let scanner = BodyScanner(plan)
    bytes.withUnsafeBytes { scanner.feed($0) }
    return scanner.finish()
  }
}
