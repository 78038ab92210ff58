// What the service has been seen to write, or may: all of it must be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/time_text.h"
#include "wire/as_text.h"
#include "wire/canonical.h"
#include "wire/rows.h"

namespace xai::wire {
namespace {

using namespace management;

TEST(Tolerance, AbsentAndNullAreTheDefault) {
  const auto absent = read_text<ApiKey>("{}");
  const auto null = read_text<ApiKey>(
      R"({"redactedApiKey":null,"apiKey":null,"name":null,"createTime":null,"disabled":null,
          "expireTime":null,"qps":null,"tpm":null,"aclStrings":null})");
  for (const auto* key : {&absent, &null}) {
    ASSERT_TRUE(*key);
    EXPECT_EQ((*key)->name, "");
    EXPECT_FALSE((*key)->api_key);
    EXPECT_FALSE((*key)->create_time);
    EXPECT_FALSE((*key)->disabled);
    EXPECT_FALSE((*key)->qps);
    EXPECT_TRUE((*key)->acls.empty());
  }
}

TEST(Tolerance, ListsAndMapsMayBeAbsentOrNull) {
  for (const auto* text : {"{}", R"({"apiKeys":null,"paginationToken":null})"}) {
    const auto page = read_text<ListApiKeysResponse>(text);
    ASSERT_TRUE(page) << text;
    EXPECT_TRUE(page->api_keys.empty());
    EXPECT_EQ(page->pagination_token, "");
  }
  for (const auto* text : {"{}", R"({"icPropagation":null})", R"({"icPropagation":{}})"}) {
    const auto propagation = read_text<ApiKeyPropagation>(text);
    ASSERT_TRUE(propagation) << text;
    EXPECT_FALSE(propagation->complete());
  }
}

TEST(Tolerance, IntegersMayBeStringsOrNumbers) {
  for (const auto* text : {R"({"qps":5,"qpm":100,"tpm":"9223372036854775807"})",
                           R"({"qps":"5","qpm":" 100 ","tpm":9223372036854775807})",
                           R"({"qps":5.0,"qpm":"100.00","tpm":9223372036854775807.0})"}) {
    const auto key = read_text<ApiKey>(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->qps, 5);
    EXPECT_EQ(key->qpm, 100);
    EXPECT_EQ(key->tpm, 9'223'372'036'854'775'807);
  }
}

TEST(Tolerance, AnEmptyStringIsNoNumber) {
  const auto key = read_text<ApiKey>(R"({"tpm":"","qps":"","expireTime":""})");
  ASSERT_TRUE(key);
  EXPECT_FALSE(key->tpm);
  EXPECT_FALSE(key->qps);
  EXPECT_FALSE(key->expire_time);
}

TEST(Tolerance, BooleansMayBeStrings) {
  EXPECT_TRUE(read_text<ApiKey>(R"({"disabled":"true"})")->disabled);
  EXPECT_FALSE(read_text<ApiKey>(R"({"disabled":"false"})")->disabled);
  EXPECT_TRUE(read_text<ApiKey>(R"({"disabled":true})")->disabled);
  EXPECT_FALSE(read_text<ApiKeyPropagation>(R"({"icPropagation":{"a":"false"}})")->complete());
}

TEST(Tolerance, GrantsHaveFourSpellings) {
  for (const auto* name : {"aclStrings", "acl_strings", "acls"}) {
    const auto key = read_text<ApiKey>(std::string{"{\""} + name + R"(":["api-key:model:*"]})");
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(key->acls, std::vector{Acl::every_model()}) << name;
  }
}

TEST(Tolerance, TheExactSpellingWins) {
  for (const auto* text : {R"({"aclStrings":["right"],"acls":["wrong"]})",
                           R"({"acls":["wrong"],"aclStrings":["right"]})"}) {
    const auto key = read_text<ApiKey>(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->acls, std::vector{Acl{"right"}}) << text;
  }
}

TEST(Tolerance, MembersMayComeInAnyOrder) {
  std::vector<std::string> members{R"("userId":"u")", R"("unknown":[1])",   R"("name":"n")",
                                   R"("teamId":"t")", R"("disabled":true)", R"("qps":5)"};
  for (std::size_t round = 0; round < members.size(); ++round) {
    std::rotate(members.begin(), members.begin() + 1, members.end());
    std::string text;
    for (const std::string& member : members) text += (text.empty() ? "{" : ",") + member;
    const auto key = read_text<ApiKey>(text + "}");
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->user_id + key->name + key->team_id, "unt") << text;
    EXPECT_TRUE(key->disabled) << text;
    EXPECT_EQ(key->qps, 5) << text;
    EXPECT_EQ(problem<ApiKey>(text + R"(,"name":"again"})"), "`name` should be the member once");
  }
}

TEST(Tolerance, ANullUnderOneSpellingDoesNotHideTheOther) {
  for (const auto* text :
       {R"({"aclStrings":null,"acls":["right"]})", R"({"acls":["right"],"aclStrings":null})"}) {
    const auto key = read_text<ApiKey>(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->acls, std::vector{Acl{"right"}}) << text;
  }
}

TEST(Tolerance, TheRedactedKeyMayBeMisspelt) {
  for (const auto* name :
       {"redactedApiKey", "reactedApiKey", "redacted_api_key", "reacted_api_key"}) {
    const auto key = read_text<ManagementKey>(std::string{"{\""} + name + R"(":"xai-...r42q"})");
    ASSERT_TRUE(key) << name;
    EXPECT_EQ(key->redacted_api_key, "xai-...r42q") << name;
  }
}

TEST(Tolerance, NamesMayBeInSnakeCase) {
  const auto key = read_text<ApiKey>(
      R"({"api_key_id":"i","team_id":"t","expire_time":"2027-01-01T00:00:00Z","redacted_api_key":"r"})");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->api_key_id, "i");
  EXPECT_EQ(key->team_id, "t");
  EXPECT_EQ(key->redacted_api_key, "r");
  EXPECT_EQ(key->expire_time, base::parse_rfc3339("2027-01-01T00:00:00Z"));
  const auto info = read_text<InferenceApiKeyInfo>(
      R"({"apiKeyId":"i","teamBlocked":true,"createTime":"2027-01-01T00:00:00Z"})");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->api_key_id, "i");
  EXPECT_TRUE(info->team_blocked);
}

TEST(Tolerance, TheInferenceHostMayWriteUnixTimesAndShortNames) {
  const auto info = read_text<InferenceApiKeyInfo>(
      R"({"create_time":1763050478,"modify_time":"1763050478","disabled":true})");
  ASSERT_TRUE(info);
  EXPECT_EQ(info->create_time, base::parse_rfc3339("2025-11-13T16:14:38Z"));
  EXPECT_EQ(info->modify_time, info->create_time);
  EXPECT_TRUE(info->api_key_disabled);
}

TEST(Tolerance, TimesMayHaveAnyFractionAndOffset) {
  const auto key = read_text<ApiKey>(
      R"({"createTime":"2025-11-13T17:14:38.164829000+01:00","modifyTime":"2025-11-13T16:14:38.1Z"})");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->create_time, base::parse_rfc3339("2025-11-13T16:14:38.164829Z"));
  EXPECT_EQ(key->modify_time, base::parse_rfc3339("2025-11-13T16:14:38.100000Z"));
}

TEST(Tolerance, UnknownMembersAreIgnoredWhateverTheyHold) {
  EXPECT_TRUE(read_text<ApiKey>(
      R"({"new":{"deep":[1,2,{"name":5}]},"name":"n","other":null,"NAME":1e999})"));
  EXPECT_TRUE(read_text<DeleteApiKeyResponse>(R"({"anything":1})"));
}

TEST(Tolerance, UnknownEnumValuesAreKept) {
  EXPECT_EQ(read_text<ManagementKey>(R"({"scope":"SCOPE_PLANET"})")->scope, "SCOPE_PLANET");
  const auto models = read_text<ListTeamModelsResponse>(
      R"({"clusterConfigs":[{"languageModels":[{"inputModalities":["TEXT","SMELL"]}]}]})");
  ASSERT_TRUE(models);
  EXPECT_EQ(models->cluster_configs[0].language_models[0].input_modalities[1], "SMELL");
}

TEST(Tolerance, AddressRangesMayBeNullEmptyOrThere) {
  EXPECT_FALSE(read_text<ManagementKey>(R"({"ipRanges":null})")->ip_ranges);
  const auto key = read_text<ManagementKey>(
      R"({"ipRanges":{"ipRanges":[{"address":{"ipv4":"10.0.0.0"},"prefixLength":8},{"address":null}]}})");
  ASSERT_TRUE(key);
  ASSERT_TRUE(key->ip_ranges);
  ASSERT_EQ(key->ip_ranges->ip_ranges.size(), 2U);
  EXPECT_EQ(key->ip_ranges->ip_ranges[0].address->ipv4, "10.0.0.0");
  EXPECT_EQ(key->ip_ranges->ip_ranges[0].prefix_length, 8);
  EXPECT_FALSE(key->ip_ranges->ip_ranges[1].address);
}

// What cannot be meant is refused, and the place is named.

TEST(Refusal, NamesTheMemberThatDoesNotFit) {
  EXPECT_EQ(problem<ApiKey>(R"({"name":5})"), "`name` should be a string");
  EXPECT_EQ(problem<ApiKey>(R"({"disabled":"yes"})"), "`disabled` should be a boolean");
  EXPECT_EQ(problem<ApiKey>(R"({"qps":2147483648})"), "`qps` should be a 32-bit integer");
  EXPECT_EQ(problem<ApiKey>(R"({"tpm":"9223372036854775808"})"),
            "`tpm` should be a 64-bit integer");
  EXPECT_EQ(problem<ApiKey>(R"({"createTime":"yesterday"})"),
            "`createTime` should be an RFC 3339 time");
  EXPECT_EQ(problem<ApiKey>(R"({"aclStrings":"a"})"), "`aclStrings` should be an array");
  EXPECT_EQ(problem<ListApiKeysResponse>(R"({"apiKeys":[{},{"qps":"x"}]})"),
            "`apiKeys[1].qps` should be a 32-bit integer");
  EXPECT_EQ(problem<ListApiKeysResponse>(R"({"apiKeys":["x"]})"),
            "`apiKeys[0]` should be an object");
  EXPECT_EQ(problem<ApiKeyPropagation>(R"({"icPropagation":{"a.b":"maybe"}})"),
            "`icPropagation.a.b` should be a boolean");
  EXPECT_EQ(problem<ApiKeyPropagation>(R"({"icPropagation":[]})"),
            "`icPropagation` should be an object");
}

TEST(Refusal, NumbersAreNeverRounded) {
  for (const auto* text :
       {R"({"tpm":1.5})", R"({"tpm":"1.5"})", R"({"tpm":1e3})", R"({"qps":"0x10"})",
        R"({"qps":"5."})", R"({"qps":5.01})", R"({"qps":"5.0.0"})", R"({"qps":".0"})",
        R"({"qps":"5 5"})", R"({"qps":true})", R"({"qps":[5]})"})
    EXPECT_NE(problem<ApiKey>(text), "no problem") << text;
}

TEST(Refusal, TheSameMemberTwiceIsAmbiguous) {
  EXPECT_EQ(problem<ApiKey>(R"({"name":"a","name":"b"})"), "`name` should be the member once");
}

TEST(Refusal, TheWholeDocumentMustBeAnObject) {
  for (const auto* text : {"null", "[]", "5", "\"x\"", "true"})
    EXPECT_EQ(problem<ApiKey>(text), "the document should be an object") << text;
}

TEST(Refusal, NoMessageHoldsTheOffendingText) {
  EXPECT_EQ(problem<ApiKey>(R"({"apiKey":["xai-secret"]})"), "`apiKey` should be a string");
}

// The canonical form: our names and types for what we know, all else verbatim.

TEST(Canonical, NormalisesNamesAndTypes) {
  EXPECT_EQ(canonical_text<ApiKey>(
                R"({"acl_strings":["a"],"disabled":"false","tpm":100000,"qps":"5","name":"n"})"),
            R"({"aclStrings":["a"],"disabled":false,"tpm":"100000","qps":5,"name":"n"})");
  EXPECT_EQ(canonical_text<ManagementKey>(R"({"reactedApiKey":"r","api_key_id":"i"})"),
            R"({"redactedApiKey":"r","apiKeyId":"i"})");
  EXPECT_EQ(canonical_text<ApiKeyPropagation>(R"({"icPropagation":{"b":"true","a":false}})"),
            R"({"icPropagation":{"b":true,"a":false}})");
}

TEST(Canonical, ReachesEveryDepth) {
  EXPECT_EQ(canonical_text<ListApiKeysResponse>(
                R"({"api_keys":[{"disabled":"true"},{"acls":[]}],"pagination_token":"t"})"),
            R"({"apiKeys":[{"disabled":true},{"aclStrings":[]}],"paginationToken":"t"})");
  EXPECT_EQ(
      canonical_text<ListTeamModelsResponse>(
          R"({"clusterConfigs":[{"languageModels":[{"rps":10,"maxPromptLength":"5","features":{"reasoning":"true"}}]}]})"),
      R"({"clusterConfigs":[{"languageModels":[{"rps":"10","maxPromptLength":5,"features":{"reasoning":true}}]}]})");
}

TEST(Canonical, KeepsUnknownMembersVerbatim) {
  const std::string text =
      R"({"x_new":{"acl_strings":["a"],"disabled":"false","n":1.10},"name":"n","price":1e400,"y":[null]})";
  EXPECT_EQ(canonical_text<ApiKey>(text), text);
}

TEST(Canonical, KeepsTheServicesOrderAndNulls) {
  EXPECT_EQ(canonical_text<ApiKey>(R"({"tpm":null,"name":"n","apiKeyId":"i"})"),
            R"({"tpm":null,"name":"n","apiKeyId":"i"})");
}

TEST(Canonical, LeavesWhatDoesNotFitAsItCame) {
  const std::string text = R"({"qps":"many","disabled":"perhaps","aclStrings":"a","tpm":1.5})";
  EXPECT_EQ(canonical_text<ApiKey>(text), text);
}

TEST(Canonical, WritesIntegersWithoutSpacesAndWithoutAPoint) {
  EXPECT_EQ(canonical_text<ApiKey>(R"({"tpm":" 7 ","qps":" 8"})"), R"({"tpm":"7","qps":8})");
  EXPECT_EQ(canonical_text<ApiKey>(R"({"tpm":7.0,"qps":"8.0"})"), R"({"tpm":"7","qps":8})");
}

TEST(Canonical, NeverWritesOneNameTwice) {
  for (const auto* text :
       {R"({"acls":["a"],"acl_strings":["b"]})", R"({"aclStrings":["a"],"acls":["b"]})",
        R"({"aclStrings":null,"acls":["b"]})", R"({"acls":["b"],"aclStrings":null})"}) {
    const std::string result = canonical_text<ApiKey>(text);
    const std::size_t first = result.find("\"aclStrings\"");
    ASSERT_NE(first, std::string::npos) << result;
    EXPECT_EQ(result.find("\"aclStrings\"", first + 1), std::string::npos) << result;
  }
}

TEST(Encode, WritesScalarsAndListsAlwaysAndOptionalsWhenSet) {
  EXPECT_EQ(
      written(ApiKey{}),
      R"({"redactedApiKey":"","userId":"","name":"","teamId":"","apiKeyId":"","disabled":false,"aclStrings":[]})");
  EXPECT_EQ(
      written(ApiKey{.api_key = Secret{"s"}, .disabled = true, .qps = 0, .tpm = 5}),
      R"({"redactedApiKey":"","apiKey":"s","userId":"","name":"","teamId":"","apiKeyId":"","disabled":true,"qps":0,"tpm":"5","aclStrings":[]})");
}

TEST(Encode, WritesSixtyFourBitIntegersAsStrings) {
  EXPECT_EQ(
      written(RateLimits{.query_offset = -1}),
      R"({"queryOffset":"-1","queryBaseRate":"0","queryMultiplier":"0","tokenOffset":"0","tokenBaseRate":"0","tokenMultiplier":"0"})");
}

TEST(Encode, WritesAnEmptyAnswerAsAnObject) { EXPECT_EQ(written(DeleteApiKeyResponse{}), "{}"); }

}  // namespace
}  // namespace xai::wire
