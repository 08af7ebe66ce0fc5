import DaybookCore
import Testing

@testable import daybook

@Suite("The questions of a sign-in")
struct LoginQuestionsTests {
  private func ask(_ kind: Login, _ text: String) -> LoginQuestions.Outcome {
    let pipe = TextPipe()
    pipe.write(text)
    pipe.endWriting()
    let signalled = TextPipe()
    let said = TextPipe()
    var prompt = Prompt(
      input: pipe.reader, signals: .typed(signalled), deadline: uptime() + 20,
      output: Output(said.writer, environment: [:]))
    return LoginQuestions.ask(kind, &prompt)
  }

  @Test("a token is one line, user name and password are two")
  func lines() {
    for kind in [Login.token, .key] {
      #expect(ask(kind, " t0ken \n") == .answer(.token(Secret("t0ken"))))
    }
    #expect(
      ask(.form, "jane \n p w\n")
        == .answer(.form(user: Secret("jane"), password: Secret(" p w"))))
  }

  @Test("what is missing is not made up")
  func missing() {
    #expect(ask(.token, "") == .none(.ended))
    #expect(ask(.form, "jane\n") == .none(.ended))
    #expect(ask(.code, "x\n") == .none(.ended))
  }

  @Test("every secret is hidden, and every kind that asks says why")
  func hidden() {
    for kind in Login.allCases {
      let questions = LoginQuestions.questions(kind)
      #expect((LoginQuestions.introduction(kind) == nil) == questions.isEmpty)
      for question in questions where question.text != "user name" {
        #expect(question.hidden, "\(question.text)")
      }
    }
  }
}
