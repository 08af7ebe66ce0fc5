extension Reader where Value == Changes {
  /// `{get: PATH, at: POINTER, form: FORM, since: FORM}`.
  static func changes(_ context: ProviderContext) -> Reader {
    .keys("the changes") { map in
      let path = Reader<String>.path(names: context.requestNames + ["since"], query: true)
      let get = map.need(
        "get",
        path.checked {
          $0.contains("{since}") ? nil : "a request for changes must say since when: {since}"
        })
      let at = map.need("at", .pointer)
      let form = map.need("form", .word(FactForm.ofElements))
      let since = map.need("since", .word(SinceForm.self))
      guard let get, let at, let form, let since else { return nil }
      return Changes(Fact(get: get, at: at, form: form), since: since)
    }
  }
}
