import Testing

@testable import DaybookCore

@Suite("Provider file: keys of a stream that do not go together")
struct StreamSpecComplaintsTests {
  private static let belongs = "belongs: {at: /steps/*/day, form: ymd}"
  private static let range = "    request: {get: \"/{user}/{start}/{end}\"}"

  private static func stream(_ lines: String..., request: String = range) -> [Int: String] {
    [10: request, 13: lines.map { "    " + $0 }.joined(separator: "\n")]
  }

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        stream("span: 7"),
        "13:11: an answer with several days needs 'belongs', which tells them apart"),
      WrongProvider(
        stream("pad: 1"),
        "13:10: an answer with several days needs 'belongs', which tells them apart"),
      WrongProvider(
        stream("span: 7", belongs, request: "    request: {get: \"/{user}/{start}\"}"),
        "10:14: a request for several days needs {end} beside {start}"),
      WrongProvider(
        stream("span: 7", "belongs: {at: /day, form: ymd}"),
        "14:14: '/day' must point into each element: /steps/*/…"),
      WrongProvider(
        stream("span: 7", belongs).merging([12: "    items: [/steps, /more]"]) { $1 },
        "13:11: an answer is cut into days at one list; 'items' must be one pointer"),
      WrongProvider(
        stream(
          "pages: {token: page, at: /next, in: body}",
          "settle: {changes: {get: \"/{user}/c/{since}\", at: /*, form: ymd, since: unix}}",
          request: "    request: {post: \"/{user}/{start}\", body: {a: 1}}"),
        "14:13: 'changes' is a request without a body, and its pages are marked in one"),
      WrongProvider(
        stream("snapshot: true").merging([11: "    span: 1"]) { $1 },
        "10:14: a snapshot is asked without a day: leave {start} and {end} out",
        "11:11: 'span' is for days, and a snapshot is asked without one"),
      WrongProvider(
        stream("snapshot: true", "settle: {days: 2}", request: "    request: {get: \"/{user}\"}"),
        "11:13: 'window' is for days, and a snapshot is asked without one",
        "14:13: 'settle' is for days, and a snapshot is asked without one"),
      WrongProvider([
        10: "    request: {get: \"/{user}\"}", 11: "    snapshot: true",
      ]),
      WrongProvider(
        stream("each: {item: /id, get: [{name: x, request: {get: \"/{item}\"}}]}")
          .merging([12: "    items: [/steps, /more]"]) { $1 },
        "13:11: items are those of one list; 'items' must be one pointer"),
      WrongProvider(stream("span: 7", belongs)),
      WrongProvider(stream("pad: 1", belongs)),
      WrongProvider(stream("span: 7", belongs, "volatile: [/steps/*/at]")),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("walking back needs a stream of this file, and one that brings many days at once")
  func walkBack() throws {
    let span = "    span: 90\n    belongs: {at: /steps/*/day, form: ymd}\n"
    let good = WrongProvider([10: Self.range, 13: span + "behaviours: {walk-back: steps}"])
    let provider = try ProviderFile.load(Array(good.text.utf8), file: "demo.yaml").get()
    #expect(provider.walkBack == "steps")
    WrongProvider(
      13, "behaviours: {walk-back: steps}",
      "13:13: 'walk-back' needs a stream whose calls bring several days (span)"
    ).check()
    WrongProvider(
      13, "behaviours: {walk-back: naps}",
      "13:25: 'walk-back': 'naps' is not a stream of this file; there is: steps"
    ).check()
    WrongProvider(
      13, "behaviours: {walkback: steps}",
      "13:14: unknown key 'walkback'; did you mean 'walk-back'? The keys of the behaviours: walk-back"
    ).check()
  }
}
