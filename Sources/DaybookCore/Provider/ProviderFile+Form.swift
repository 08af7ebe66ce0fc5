extension Reader where Value == FormSpec {
  /// The form of `login: form`.
  static var form: Reader {
    .keys("the form") { map in
      let start = map.take("start", .sitePath)
      let page = map.need("page", .sitePath)
      let post = map.need("post", .sitePath)
      let hidden = map.take("hidden", .set(of: .input)) ?? []
      let user = map.need("user", .input)
      let password = map.need("password", .input)
      let fields = map.take("fields", .fields("the form's fields", value: .anyText)) ?? []
      let success = map.need("success", .set(of: .sitePath, least: 1))
      let id = map.take("id", .list(of: .marker, least: 1)) ?? []
      guard let page, let post, let user, let password, let success else { return nil }
      var form = FormSpec(page: page, post: post, user: user, password: password, success: success)
      form.start = start
      form.hidden = hidden
      form.fields = fields
      form.id = id
      form.check(map)
      return form
    }
  }
}

extension FormSpec {
  /// What two keys cannot say together.
  fileprivate func check(_ map: MapDecoder) {
    if success.contains(page) {
      map.report("\(quoted(page)) is the page with the form, which is no success", at: "success")
    }
    var seen = Set([user])
    for (key, names) in [
      ("password", [password]), ("hidden", hidden), ("fields", fields.map(\.name)),
    ] {
      for name in names where !seen.insert(name).inserted {
        map.report("the field \(quoted(name)) has a value already", at: key)
      }
    }
  }
}

extension Reader where Value == String {
  /// A path on the provider's server, perhaps with a query.
  fileprivate static var sitePath: Reader { .path(names: [], query: true) }

  fileprivate static var input: Reader { .text("the name of a field of the form") }

  /// `{before: TEXT}`
  fileprivate static var marker: Reader {
    .keys("a marker of the id") { $0.need("before", .text) }
  }
}
