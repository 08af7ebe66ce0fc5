/// What is looked for in a stream's answers, and in the files made of them.
///
/// | the answer                       | the file                                | its items       |
/// | -------------------------------- | --------------------------------------- | --------------- |
/// | one day, one page                | the body as received                    | as said         |
/// | one day, several pages           | an array of the pages                   | in each element |
/// | cut into days (`span` or `pad`)  | for each day an array of its elements   | the elements    |
extension StreamSpec {
  /// Answers hold elements of several days, which are told apart by `belongs`.
  public var isCut: Bool { span > 1 || pad > 0 }

  /// How a file of this stream is read: when it is made, and when it is checked.
  public var filePlan: ScanPlan {
    if isCut { return ScanPlan(items: [.root], volatile: volatile.compactMap(belowElements)) }
    guard pages != nil else {
      return ScanPlan(items: items, volatile: volatile, document: document)
    }
    return ScanPlan(items: alsoInPages(items), volatile: alsoInPages(volatile))
  }

  /// How an answer is read while it comes.
  public func answerPlan(_ inquiry: Inquiry) -> ScanPlan {
    var plan = filePlan
    plan.capture = inquiry.plan().capture
    guard isCut else { return plan }
    plan.items = items
    plan.volatile = []
    plan.elements = items.first.map {
      ElementPlan(at: $0.appending(.every), facts: belongs?.pointers ?? [])
    }
    return plan
  }

  private func alsoInPages(_ pointers: [JSONPointer]) -> [JSONPointer] {
    pointers + pointers.map { JSONPointer(segments: [.every] + $0.segments) }
  }

  /// A pointer into the elements of an answer as one into the array of a day's elements.
  private func belowElements(_ pointer: JSONPointer) -> JSONPointer? {
    items.first.flatMap { pointer.below($0) }
  }
}
