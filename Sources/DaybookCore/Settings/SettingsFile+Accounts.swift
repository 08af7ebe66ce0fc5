extension Reader where Value == [AccountSettings] {
  static var accounts: Reader {
    Reader.named("accounts") { entry, reading in
      if let complaint = folderComplaint(entry.key) {
        reading.log.report(complaint, at: entry.keyPosition)
        return nil
      }
      return Reader<AccountSettings>.keys("account \(quoted(entry.key))") { account(entry.key, $0) }
        .read(entry.value, reading)
    }.checked { accounts in
      accounts.count <= Limits.accounts ? nil : "more than \(Limits.accounts) accounts"
    }
  }

  private static func account(_ name: String, _ map: MapDecoder) -> AccountSettings? {
    let provider = map.need("provider", .name)
    var account = AccountSettings(name: name, provider: provider ?? name)
    account.client = map.take("client", .name)
    account.origin = map.take("origin", .origin)
    account.allowPlainHTTP = map.take("allow_plain_http", .flag) ?? false
    account.params = map.take("params", .fields("params", value: .text)) ?? []
    account.since = map.take("since", .day)
    account.streams = map.take("streams", .set(of: .name, least: 1))
    account.zone = map.take("zone", .zoneName)
    account.redirectURI = map.take("redirect_uri", .redirectURI)
    account.windows = map.take("windows", .operatorWindows) ?? []
    account.timeout = map.take("timeout", .duration(.milliseconds(100) ... .hours(1)))
    account.timeline = map.take("timeline", .name)
    account.was = map.take("was", .name)
    return provider == nil ? nil : account
  }

  /// An account's name is its folder's.
  private static func folderComplaint(_ name: String) -> String? {
    guard name == Name.quarantine else { return nil }
    return "\(quoted(name)) is a folder of the archive's own; choose another name"
  }
}

extension Reader where Value == [WindowSpec] {
  /// NAME: {seconds, limit}. What is not said of `per` and `align` is taken from the provider's
  /// window of that name by ``ConfigurationCheck``.
  fileprivate static var operatorWindows: Reader {
    .named("windows") { entry, reading in
      if let complaint = Reader<String>.windowNameComplaint(entry.key) {
        reading.log.report(complaint, at: entry.keyPosition)
        return nil
      }
      return Reader<WindowSpec>.keys("window \(quoted(entry.key))") { map in
        let seconds = map.need("seconds", .windowSeconds)
        let limit = map.need("limit", .windowLimit)
        let per = map.take("per", .word(WindowSpec.Per.self)) ?? .user
        let align = map.take("align", .word(WindowSpec.Align.self)) ?? .unknown
        guard let seconds, let limit else { return nil }
        return WindowSpec(name: entry.key, seconds: seconds, limit: limit, per: per, align: align)
      }.read(entry.value, reading)
    }
  }
}

extension Reader where Value == String {
  /// Whatever else is in the text (a user with a password) is not shown.
  fileprivate static var origin: Reader {
    .scalar(
      "an origin such as https://host or http://127.0.0.1:8083, nothing behind it", showing: false
    ) {
      text, _ in Origin(text)?.description
    }
  }

  /// Where the browser is sent after sign-in: as it is registered at the provider.
  fileprivate static var redirectURI: Reader {
    .scalar("a URL such as \(Settings.defaultRedirectURI)") { text, _ in
      Origin.split(text) == nil ? nil : text
    }
  }

  /// A name as the IANA time zone database has them; whether it has this one, the caller knows.
  fileprivate static var zoneName: Reader {
    .scalar("a time zone such as Europe/Berlin or UTC") { text, _ in
      ZoneName.isValid(text) ? text : nil
    }
  }
}

/// The form of names in the IANA time zone database: parts of letters, digits, `_`, `+` and `-`
/// joined by slashes (https://data.iana.org/time-zones/theory.html). They become paths.
public enum ZoneName {
  public static func isValid(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return text.utf8.count <= 64
      && parts.allSatisfy { part in
        guard let first = part.first, isLetterOrDigit(first) else { return false }
        return part.allSatisfy { isLetterOrDigit($0) || [43, 45, 95].contains($0) }
      }
  }

  private static func isLetterOrDigit(_ b: UInt8) -> Bool {
    (b >= 97 && b <= 122) || (b >= 65 && b <= 90) || (b >= 48 && b <= 57)
  }
}
