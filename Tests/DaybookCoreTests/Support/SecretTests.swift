import DaybookCore
import Testing

@Suite("Secret: it never shows")
struct SecretTests {
  private struct Holder {
    var name = "grant"
    var token = Secret("sesame-open")
    var others = [Secret("sesame-open"), Secret("sesame-open")]
    var byName = ["a": Secret("sesame-open")]
    var maybe: Secret? = Secret("sesame-open")
  }

  private enum Failure: Error { case refused(Secret) }

  @Test("no way of printing shows it, alone or within other values")
  func printing() {
    let secret = Secret("sesame-open")
    let holder = Holder()
    var texts = [
      "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
      secret.debugDescription, "\(holder)", String(reflecting: holder), "\(holder.others)",
      "\([secret])", "\(holder.byName)", "\(String(describing: holder.maybe))",
      "\(Failure.refused(secret))", String(reflecting: Failure.refused(secret)),
      "\((1, secret))", "\(type(of: secret))", "\(secret as Any)",
    ]
    for value in [secret, holder, [secret], Failure.refused(secret)] as [Any] {
      var dumped = ""
      dump(value, to: &dumped)
      texts.append(dumped)
      var printed = ""
      print(value, to: &printed)
      debugPrint(value, to: &printed)
      texts.append(printed)
    }
    for text in texts { #expect(!text.contains("sesame") && !text.isEmpty, "\(text)") }
    #expect("\(secret)" == "•••")
  }

  @Test("a mirror finds nothing in it, at any depth") func mirror() {
    func look(_ value: Any, _ depth: Int = 0) {
      #expect((value as? String) != "sesame-open")
      guard depth < 6 else { return }
      for child in Mirror(reflecting: value).children { look(child.value, depth + 1) }
    }
    look(Holder())
    #expect(Mirror(reflecting: Secret("sesame-open")).children.isEmpty)
  }

  @Test("it can be read on purpose, and compared") func reading() {
    #expect(Secret("sesame-open").expose() == "sesame-open")
    #expect(Secret("a") == Secret("a"))
    #expect(Secret("a") != Secret("b"))
    #expect(Secret("").isEmpty)
    #expect(!Secret("a").isEmpty)
  }
}
