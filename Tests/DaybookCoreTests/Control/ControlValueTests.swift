import Testing

@testable import DaybookCore

@Suite("Values of the control interface")
struct ControlValueTests {
  private func refusal<V: ControlValue>(of json: JSONValue, _: V.Type) -> String? {
    do {
      _ = try V.read(json)
      return nil
    } catch { return error.expected }
  }

  @Test("a value of the wrong type says what it should be")
  func wrongTypes() {
    #expect(refusal(of: 1, String.self) == "a string")
    #expect(refusal(of: "1", Int.self) == "an integer")
    #expect(refusal(of: .number("1.0"), Int.self) == "an integer")
    #expect(refusal(of: .number("18446744073709551616"), Int.self) == "an integer")
    #expect(refusal(of: .number("1e999"), Double.self) == "a number")
    #expect(refusal(of: "0", Bool.self) == "true or false")
    #expect(refusal(of: "2015-02-29", Day.self) == "a day YYYY-MM-DD")
    #expect(refusal(of: "2015-02-28", Instant.self) == "a moment of RFC 3339 in UTC")
    #expect(refusal(of: "x", [Int].self) == "an array")
    #expect(refusal(of: "x", WindowSpec.Per.self) == "one of app, user")
    #expect(refusal(of: .null, WorkClass.self) == "a class of work")
    #expect(refusal(of: "later", WorkClass.self) == "a class of work")
  }

  @Test("an element of an array is named by its index")
  func elements() {
    let fault = #expect(throws: ControlFault.self) { try [Int].read([1, 2, "3"]) }
    #expect(fault?.path == "2")
    #expect("\(ControlFault("a string"))" == "the reply is not a string")
  }

  @Test("an integer is a number too, and so is zero")
  func numbers() throws {
    #expect(try Double.read(3) == 3)
    #expect(try Double.read(0.0.json) == 0)
    #expect(try Int.read(Int.min.json) == Int.min)
  }

  @Test("each name of an enumeration is its own")
  func enumerations() throws {
    for state in AccountState.allCases { #expect(try AccountState.read(state.json) == state) }
    for state in DaemonState.allCases { #expect(try DaemonState.read(state.json) == state) }
    for message in Message.allCases { #expect(try Message.read(message.json) == message) }
    for work in WorkClass.allCases { #expect(try WorkClass.read(work.json) == work) }
  }

  @Test("members without value are left out of a record")
  func record() {
    #expect(JSONValue.record([("a", 1), ("b", nil)]) == ["a": 1])
    #expect(JSONValue.record([]) == [:])
  }
}
