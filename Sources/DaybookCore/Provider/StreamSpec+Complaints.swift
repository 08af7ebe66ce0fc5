/// What the keys of a stream, each right for itself, are wrong about together.
extension StreamSpec {
  /// The key to point at, and what is wrong there.
  var complaints: [(key: String, text: String)] {
    [requestComplaint.map { ("request", $0) }, partsComplaint.map { ("window", $0) }]
      .compactMap { $0 } + cutComplaints + pagesComplaints + changesComplaints
      + eachComplaints
  }

  /// Placeholders of the request.
  private var placeholders: [String] {
    let texts = [request.path] + request.query.map(\.value) + (request.body?.texts ?? [])
    return texts.flatMap { Template($0)?.names ?? [] }
  }

  /// A request must name its day, and both ends where the ends are moments: what a server takes
  /// for the other one is a guess, and wrong on days of 23 or 25 hours. So it must for many days.
  private var requestComplaint: String? {
    let names = placeholders
    if isSnapshot {
      let isDated = names.contains("start") || names.contains("end")
      return isDated ? "a snapshot is asked without a day: leave {start} and {end} out" : nil
    }
    if !names.contains("start") { return "a request must name its day with {start}" }
    if names.contains("end") { return nil }
    if isCut { return "a request for several days needs {end} beside {start}" }
    guard !window.form.namesDays else { return nil }
    return "with moments (form: \(window.form.rawValue)) a request needs {end} beside {start}"
  }

  private var partsComplaint: String? {
    window.form == .parts && request.body == nil
      ? "the form 'parts' is for a request with a body" : nil
  }

  /// An answer is cut along the elements of one list, each of which says its day.
  private var cutComplaints: [(key: String, text: String)] {
    guard isCut else { return [] }
    let key = span > 1 ? "span" : "pad"
    guard items.count == 1 else {
      return [(key, "an answer is cut into days at one list; 'items' must be one pointer")]
    }
    guard let belongs else {
      return [(key, "an answer with several days needs 'belongs', which tells them apart")]
    }
    let elements = items[0].appending(.every)
    guard belongs.at.below(elements) == nil else { return [] }
    let text = "\(quoted("\(belongs.at)")) must point into each element: \(elements)/…"
    return [("belongs", text)]
  }

  private var pagesComplaints: [(key: String, text: String)] {
    guard let pages, pages.place == .body, request.body == nil else { return [] }
    return [("pages", "'in: body' needs a request with a body")]
  }

  private var changesComplaints: [(key: String, text: String)] {
    guard settle.changes != nil, pages?.place == .body else { return [] }
    return [("settle", "'changes' is a request without a body, and its pages are marked in one")]
  }

  private var eachComplaints: [(key: String, text: String)] {
    guard each != nil, items.count != 1 else { return [] }
    return [("each", "items are those of one list; 'items' must be one pointer")]
  }
}
