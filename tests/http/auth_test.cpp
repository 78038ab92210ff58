#include "http/auth.h"

#include <gtest/gtest.h>

#include "fakes/scripted_transport.h"

namespace xai::http {
namespace {

using management::ErrorKind;
using management::Outcome;
using management::Secret;

TEST(WithCredential, GivesTheManagementKeyToRequestsWithoutOne) {
  fakes::ScriptedTransport service{{fakes::answer(200)}};
  const auto transport = with_credential(service.transport(), Secret{"management"});
  ASSERT_TRUE(transport({.target = "/a"}));
  ASSERT_TRUE(transport({.target = "/b", .credential = Secret{"own"}}));
  EXPECT_EQ(service.requests().at(0).credential.reveal(), "management");
  EXPECT_EQ(service.requests().at(1).credential.reveal(), "own");
}

TEST(WithCredential, SendsNothingWithoutAKeyOrWithOneThatBreaksTheHeader) {
  for (const auto* const key :
       {"", "two words", "line\nbreak", "line\r\nX-Evil: 1", "tab\t", "\x7f", "caf\xC3\xA9"}) {
    fakes::ScriptedTransport service{{fakes::answer(200)}};
    const auto answer = with_credential(service.transport(), Secret{key})({.target = "/"});
    ASSERT_FALSE(answer) << key;
    EXPECT_EQ(answer.error().kind, ErrorKind::unauthenticated);
    EXPECT_EQ(answer.error().outcome, Outcome::not_sent);
    EXPECT_TRUE(service.requests().empty());
  }
}

}  // namespace
}  // namespace xai::http
