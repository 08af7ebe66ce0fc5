extension Reader where Value == AnswerRow {
  static func answer(_ context: ProviderContext) -> Reader {
    .keys("an answer") { map in
      let call = map.take("call", .word(CallKind.self))
      let stream = map.take("stream", .oneOf("a stream of this file", context.streams))
      let status = map.need("status", .integer(100...599))
      let at = map.take("at", .pointer)
      let values = map.take("is", .list(of: .anyText, single: true, least: 1))
      let lacks = map.take("lacks", .pointer)
      let advice = map.take("advice", .sentence)
      let means = map.need("means", .word(Verdict.self))
      if map.has("at"), map.has("lacks") {
        map.report("'lacks' goes without 'at' and 'is'", at: "lacks")
      }
      if map.has("at") != map.has("is") {
        let (here, missing) = map.has("at") ? ("at", "is") : ("is", "at")
        map.log.report("'\(here)' needs the key '\(missing)' beside it", at: map.position(of: here))
      }
      if let call, call != .data, call != .part, map.has("stream") {
        map.report("'stream' goes with call: data or part", at: "stream")
      }
      guard let status, let means else { return nil }
      var row = AnswerRow(
        call: call, stream: stream, status: status, at: at, values: values ?? [],
        lacks: lacks, means: means)
      row.advice = advice
      return row
    }
  }
}

extension Reader where Value == String {
  /// A name that stands elsewhere in the file.
  static func oneOf(_ what: String, _ names: [String]) -> Reader {
    .text(what).checked { name in
      names.contains(name) ? nil : notAmong(name, what, names)
    }
  }
}
