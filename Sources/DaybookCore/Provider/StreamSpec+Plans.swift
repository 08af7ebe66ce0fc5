/// What is looked for in a stream's answers, and in the files made of them.
///
/// | the answer                       | the file                                | its items       |
/// | -------------------------------- | --------------------------------------- | --------------- |
/// | one day, one page                | the body as received                    | as said         |
/// | one day, several pages           | an array of the pages                   | in each element |
/// | cut into days (`span` or `pad`)  | for each day an array of its elements   | the elements    |
/// | with parts (`each`)              | `list`: one of the arrays; `parts`      | both            |
extension StreamSpec {
  /// Answers hold elements of several days, which are told apart by `belongs`.
  public var isCut: Bool { span > 1 || pad > 0 }

  /// How a file of this stream is read: when it is made, and when it is checked.
  public var filePlan: ScanPlan {
    guard each != nil else { return listPlan }
    let list = JSONPointer(segments: [.key("list")])
    var plan = isCut ? listPlan : ScanPlan(items: inPages(items), volatile: inPages(volatile))
    plan.items = plan.items.map { $0.below(prefix: list) }
    plan.volatile = plan.volatile.map { $0.below(prefix: list) }
    plan.items.append(JSONPointer(segments: [.key("parts")]))
    return plan
  }

  private var listPlan: ScanPlan {
    if isCut { return ScanPlan(items: [.root], volatile: volatile.compactMap(belowElements)) }
    guard pages != nil else {
      return ScanPlan(items: items, volatile: volatile, document: document)
    }
    return ScanPlan(items: items + inPages(items), volatile: volatile + inPages(volatile))
  }

  /// How an answer is read while it comes.
  public func answerPlan(_ inquiry: Inquiry) -> ScanPlan {
    var plan = listPlan
    plan.capture = inquiry.plan().capture
    if isCut {
      plan.items = items
      plan.volatile = []
    }
    guard isCut || each != nil, let list = items.first else { return plan }
    let element = list.appending(.every)
    plan.elements = ElementPlan(
      at: element,
      facts: (isCut ? belongs?.pointers ?? [] : []) + (each?.facts(below: element) ?? []))
    return plan
  }

  /// What ``Each/id(_:)`` is about, of an element of an answer.
  public func itemFacts(_ element: ScannedElement) -> [JSONScalar?] {
    Array(element.found.dropFirst(isCut ? belongs?.pointers.count ?? 0 : 0))
  }

  private func inPages(_ pointers: [JSONPointer]) -> [JSONPointer] {
    pointers.map { JSONPointer(segments: [.every] + $0.segments) }
  }

  /// A pointer into the elements of an answer as one into the array of a day's elements.
  private func belowElements(_ pointer: JSONPointer) -> JSONPointer? {
    items.first.flatMap { pointer.below($0) }
  }
}

extension JSONPointer {
  fileprivate func below(prefix: JSONPointer) -> JSONPointer {
    JSONPointer(segments: prefix.segments + segments)
  }
}
