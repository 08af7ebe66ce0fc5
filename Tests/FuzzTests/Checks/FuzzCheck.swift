/// Something that holds for any bytes: a parser of what comes from outside, and what is promised of
/// it beside that it does not crash.
///
/// libFuzzer plays them with bytes of its own making (`Tests/Proof/fuzz`), and the tests once with
/// each file of the corpus, so that what was found stays mended.
public struct FuzzCheck: Sendable {
  public let name: String
  public let play: @Sendable ([UInt8]) throws(Broken) -> Void

  /// Every check, by the name of its corpus.
  public static let all: [FuzzCheck] = [
    FuzzCheck(name: "json", play: checkJSON),
    FuzzCheck(name: "json-plan", play: checkJSONPlan),
    FuzzCheck(name: "xml", play: checkXML),
    FuzzCheck(name: "body", play: checkBody),
    FuzzCheck(name: "varlink", play: checkVarlink),
    FuzzCheck(name: "conversation", play: checkConversation),
    FuzzCheck(name: "settings", play: checkSettings),
    FuzzCheck(name: "provider", play: checkProvider),
    FuzzCheck(name: "headers", play: checkHeaders),
    FuzzCheck(name: "token", play: checkToken),
    FuzzCheck(name: "cookies", play: checkCookies),
    FuzzCheck(name: "form", play: checkForm),
    FuzzCheck(name: "page", play: checkPage),
    FuzzCheck(name: "redirect", play: checkRedirect),
    FuzzCheck(name: "dates", play: checkDates),
    FuzzCheck(name: "zone", play: checkZone),
    FuzzCheck(name: "zone-rule", play: checkZoneRule),
    FuzzCheck(name: "encodings", play: checkEncodings),
    FuzzCheck(name: "names", play: checkNames),
    FuzzCheck(name: "stored", play: checkStored),
    FuzzCheck(name: "server", play: checkServer),
  ]
}

/// A promise that does not hold, as a sentence.
public struct Broken: Error, CustomStringConvertible {
  public let description: String
}

func hold(_ condition: Bool, _ sentence: @autoclosure () -> String) throws(Broken) {
  if !condition { throw Broken(description: sentence()) }
}
