extension Reader where Value == [String] {
  /// Names for `{name}`, each used somewhere.
  static func params(_ context: ProviderContext) -> Reader {
    let own = ["start", "end", "id", "item", "since", "token", "count"]
    return .set(
      of: .name.checked { name in
        if own.contains(name) { return "{\(name)} has a meaning of its own; choose another name" }
        let used = context.texts.contains { $0.contains("{\(name)}") }
        return used || context.streams.isEmpty
          ? nil : "{\(name)} is used by no request; leave the param out"
      })
  }
}

extension Reader where Value == AccountFacts {
  static func accountFacts(_ context: ProviderContext) -> Reader {
    .keys("the account") { map in
      var facts = AccountFacts()
      facts.id = map.take("id", .fact([.text], context, names: context.params))
      facts.zone = map.take("zone", .fact([.text], context))
      facts.firstDay = map.take(
        "first_day", .fact([.ymd, .compact, .month, .unix, .instant, .wall, .parts], context))
      facts.syncedAt = map.take("synced_at", .fact([.unix, .instant, .wall], context))
      return facts
    }
  }
}

extension Reader where Value == Fact {
  /// A request and where its answer says it, in one of these forms; a single form may be left out.
  static func fact(_ forms: [FactForm], _ context: ProviderContext, names: [String]? = nil)
    -> Reader
  {
    .keys("a fact") { map in
      let get = map.need("get", .path(names: names ?? context.requestNames, query: true))
      let at = map.need("at", .pointer)
      let form =
        forms.count == 1 && !map.has("form")
        ? map.take("form", .word(forms)) ?? forms[0] : map.need("form", .word(forms))
      guard let get, let at, let form else { return nil }
      return Fact(get: get, at: at, form: form)
    }
  }
}

extension Reader where Value == String {
  /// What follows `urls.api`, with these placeholders, and with a query or not.
  static func path(names: [String], query: Bool) -> Reader {
    .text("a path such as /user/profile").checked { path in
      if let complaint = Template.complaint(path, names) { return complaint }
      guard path.hasPrefix("/") else { return "a path begins with a slash" }
      if !query, path.contains("?") { return "what follows the ? belongs under 'query'" }
      let literals = Template(path)?.filled { _ in "" } ?? path
      return isURLText(literals)
        ? nil : "\(quoted(path)) has a character that a URL writes with % (RFC 3986)"
    }
  }
}

extension Reader where Value == String {
  /// A sentence for people, in one line.
  static var sentence: Reader {
    .text("a sentence").checked { text in
      if text.count > Limits.sentenceCharacters {
        return "more than \(Limits.sentenceCharacters) characters"
      }
      let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
      return isPlain ? nil : "must be one line"
    }
  }
}
