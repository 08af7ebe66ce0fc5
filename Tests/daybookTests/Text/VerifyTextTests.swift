import DaybookCore
import Testing

@testable import daybook

@Suite("The text of verify")
struct VerifyTextTests {
  private var result: VerifyProgress {
    var result = VerifyProgress()
    result.checked = 1_204
    result.total = 1_204
    return result
  }

  @Test("all in order")
  func good() {
    #expect(VerifyText.text(result, repair: false) == "checked 1,204 files: all in order\n")
  }

  @Test("each finding with its place, and how to mend it")
  func findings() {
    var result = result
    result.findings = [
      Finding(path: "me/steps/2016/06/2016-06-18.json", what: .hash, action: "will be asked again"),
      Finding(path: "me/x\u{1b}", what: .unknown, action: ""),
    ]
    #expect(
      VerifyText.text(result, repair: false) == """
        hash  me/steps/2016/06/2016-06-18.json  (will be asked again)
        unknown  me/x\\u{1B}
        checked 1,204 files: 2 findings
        to mend what can be mended: daybook verify --repair

        """)
    #expect(VerifyText.text(result, repair: true).hasSuffix("2 findings\n"))
  }
}
