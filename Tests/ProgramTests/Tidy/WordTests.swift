import Testing

@Suite("Words that must not be there, and those that are counted")
struct WordTests {
  @Test("nothing is left to be done")
  func leftovers() throws {
    // Put together here, so that this file is none of them.
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]
    var files = try Repository.swift() + Repository.files(in: "Sources", "h")
    for folder in ["etc", "man", "systemd", "Tests/System", "Tests/Demo"] {
      files += try Repository.files(in: folder, "yaml", "md", "1", "5", "8", "service", "sh")
    }
    for file in files + ["Makefile", "Package.swift", "README.md"] {
      for word in words where try Repository.has(file, word) {
        let found = try Repository.lines(file).filter {
          $0.split { !$0.isLetter }.contains(Substring(word))
        }
        #expect(found == [], "\(file)")
      }
    }
  }

  @Test("a provider is data: no code but the models' names one")
  func providers() throws {
    let shipped = try Repository.files(in: "etc/daybook/providers", "yaml")
      .map { $0.split(separator: "/").last?.dropLast(5).lowercased() ?? "" }
    #expect(shipped.count >= 2)
    let names = Set(shipped + ["fitbit", "withings", "strava", "garmin", "oura"])
    for file in try Repository.files(in: "Sources", "swift", "h") {
      if file.hasPrefix("Sources/DaybookSimulator/") || file.hasPrefix("Sources/daybook-sim/") {
        continue
      }
      let code = try Repository.code(file).joined(separator: "\n").lowercased()
      for name in names where code.contains(name) {
        let words = code.split { !$0.isLetter }
        #expect(!words.contains(Substring(name)), "\(file): \(name)")
      }
    }
  }

  @Test(
    "what no source may have",
    arguments: ["import Foundation", "try!", "as! ", "@preconcurrency", "unsafeAddress"])
  func forbidden(word: String) throws {
    for file in try Repository.files(in: "Sources", "swift") where try Repository.has(file, word) {
      #expect(try Repository.code(file).filter { $0.contains(word) } == [], "\(file)")
    }
  }

  @Test(
    "the core has no clock, no file, no socket and no chance of its own",
    arguments: [
      "import Glibc", "import Dispatch", "clock_gettime", "getenv(", "SystemRandomNumberGenerator",
      "ContinuousClock", "Date()",
    ])
  func pure(word: String) throws {
    for file in try Repository.files(in: "Sources/DaybookCore", "swift") {
      guard try Repository.has(file, word) else { continue }
      #expect(try Repository.code(file).filter { $0.contains(word) } == [], "\(file)")
    }
  }

  /// Every place where a secret becomes text, with the reason.
  private static let secretUses = [
    // Stored, in a file for nobody else.
    "Sources/DaybookEngine/Ledger/AccountBook+Grants.swift": 3,
    // The provider gets its own tokens back.
    "Sources/DaybookEngine/Loop/Engine+Form.swift": 1,
    "Sources/DaybookEngine/Loop/Engine+Commands.swift": 1,
    "Sources/DaybookEngine/Loop/Engine+Tokens.swift": 3,
    // The code, the verifier and its digest; whether what was pasted is a token or key.
    "Sources/DaybookEngine/Loop/Engine+Login.swift": 5,
    // The site gets user name and password; they and its cookies are kept with the grant.
    "Sources/DaybookCore/Form/FormCredentials.swift": 6,
    "Sources/DaybookCore/Form/CookieJar.swift": 1,
    // The call leaves.
    "Sources/daybookd/HTTP/EasyOptions.swift": 1,
    "Sources/daybookd/HTTP/HeaderList.swift": 1,
    // What the person brings to a sign-in, over the socket to its owner's daemon.
    "Sources/DaybookCore/Control/ControlCall+Coding.swift": 4,
  ]

  @Test("secrets become text where it is written down, and nowhere else")
  func secrets() throws {
    var found: [String: Int] = [:]
    for file in try Repository.files(in: "Sources", "swift") {
      guard try Repository.has(file, ".expose()") else { continue }
      let count = try Repository.code(file).map { $0.matches(of: /\.expose\(\)/).count }
        .reduce(0, +)
      if count > 0 { found[file] = count }
    }
    #expect(found == Self.secretUses)
  }
}
