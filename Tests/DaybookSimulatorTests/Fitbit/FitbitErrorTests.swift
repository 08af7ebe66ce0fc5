import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitErrorTests {
  @Test(
    "each error has its status and its type",
    arguments: [
      (.validation("date", "m"), 400, "validation"), (.invalidRequest("m"), 400, "invalid_request"),
      (.unknownEndpoint, 400, "request"), (.invalidGrant("Code", "t"), 400, "invalid_grant"),
      (.invalidClient("m"), 401, "invalid_client"), (.expiredToken("t"), 401, "expired_token"),
      (.invalidToken("t"), 401, "invalid_token"), (.otherUser("ABC"), 401, "authorization"),
      (.insufficientScope("sleep"), 403, "insufficient_scope"), (.tooMany, 429, "system"),
      (.gone, 410, "system"),
    ] as [(FitbitError, Int, String)])
  func types(error: FitbitError, status: Int, type: String) {
    let answer = error.response
    #expect(answer.status == status)
    #expect(answer.fitbitError == type)
    #expect(answer.header("content-type") == "application/json; charset=utf-8")
  }

  @Test("the body is the documented one, byte for byte")
  func body() {
    #expect(
      FitbitError.tooMany.response.bodyText
        == #"{"errors":[{"errorType":"system","message":"Too Many Requests","fieldName":"n/a"}],"#
        + #""success":false}"#)
  }

  @Test(
    "messages about tokens hold the token",
    arguments: [
      .invalidGrant("Refresh token", "t0ken"), .expiredToken("t0ken"), .invalidToken("t0ken"),
    ] as [FitbitError])
  func token(error: FitbitError) {
    #expect(error.message.contains(" invalid: t0ken.") || error.message.contains("expired: t0ken."))
    #expect(error.response.bodyText.contains("t0ken"))
  }

  @Test("a validation names its field")
  func field() {
    let value = document(FitbitError.validation("endDate", "too \"long\"").response)
    let error = value["errors"]?.elements.first
    #expect(error?["fieldName"] == "endDate")
    #expect(error?["message"] == "too \"long\"")
  }
}
