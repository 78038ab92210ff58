// The wire table and the codec against contract/, which knows nothing of them.
#include "wire/contract.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "base/time_text.h"
#include "json/writer.h"
#include "wire/canonical.h"
#include "wire/operations.h"

namespace xai::wire {
namespace {

using namespace management;
using tests::contract_example;
using tests::contract_operation;
using tests::contract_schema;

template <class T>
json::Value encoded(json::Document& keeper, const T& model) {
  std::string text;
  json::Writer writer{text};
  encode(writer, model);
  auto document = json::Document::parse(text);
  if (!document) {
    ADD_FAILURE() << "encode wrote something that is not JSON";
    return {};
  }
  keeper = std::move(*document);
  return keeper.root();
}

// Members and types of every struct, found by walking its table.

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct Item {
  using Type = void;
};
template <class T>
struct Item<std::vector<T>> {
  using Type = T;
  static constexpr std::string_view prefix = "list of ";
};
template <class T>
struct Item<std::map<std::string, T>> {
  using Type = T;
  static constexpr std::string_view prefix = "map of ";
};

template <class T>
void compare_schema(std::string_view schema_name);

template <class T>
void compare_type(std::string_view type, const std::string& where) {
  if constexpr (is_optional<T>) {
    compare_type<typename T::value_type>(type, where);
  } else if constexpr (!std::is_void_v<typename Item<T>::Type>) {
    ASSERT_TRUE(type.starts_with(Item<T>::prefix)) << where << " is a " << type;
    compare_type<typename Item<T>::Type>(type.substr(Item<T>::prefix.size()), where);
  } else if constexpr (Modelled<T>) {
    compare_schema<T>(type);
  } else {
    const std::string_view ours = std::is_same_v<T, bool>           ? "boolean"
                                  : std::is_same_v<T, std::int32_t> ? "int32"
                                  : std::is_same_v<T, std::int64_t> ? "int64"
                                  : std::is_same_v<T, Timestamp>    ? "timestamp"
                                                                    : "string";
    EXPECT_EQ(ours, type) << where;
  }
}

/// Members of the contract that no answer we ask for can carry.
bool is_never_answered(std::string_view schema, std::string_view member) {
  // The secret of a management key: given when one is made, which only the web console can.
  return schema == "ManagementKey" && member == "apiKey";
}

/// Of a key, what a request may change; all else about it the service makes itself.
const std::set<std::string_view> changeable{"name", "disabled", "expireTime", "qps",
                                            "qpm",  "tpm",      "aclStrings"};

template <class Fields>
void compare_fields(const Fields& fields, std::string_view schema_name, bool is_answer,
                    bool is_change = false) {
  const json::Value schema = contract_schema(schema_name);
  std::map<std::string_view, bool> ours;
  const auto compare = [&]<class Class, class Member>(const Field<Class, Member>& field) {
    if (field.place != Place::body) return;
    const std::string where = std::string{schema_name} + "." + std::string{field.name};
    ours[field.name] = true;
    const json::Value documented = schema.find(field.name);
    ASSERT_TRUE(documented.is_object()) << where << " is not in the contract";
    ASSERT_TRUE(documented.find("spelling_of").is_null()) << where << " is not the canonical name";
    const std::string_view presence = documented.find("presence").text();
    if (is_answer && presence == "always") {
      EXPECT_FALSE(is_optional<Member>) << where << " is always there";
    }
    if (presence == "nullable" || is_change) {
      EXPECT_TRUE(is_optional<Member>) << where << " may be unset";
    }
    EXPECT_TRUE(!is_change || changeable.contains(field.name)) << where << " cannot be changed";
    compare_type<Member>(documented.find("type").text(), where);
  };
  std::apply([&](const auto&... field) { (compare(field), ...); }, fields);
  for (const json::Member& member : schema.members())
    EXPECT_TRUE(ours.contains(member.name) || (is_change && !changeable.contains(member.name)) ||
                !member.value.find("spelling_of").is_null() ||
                is_never_answered(schema_name, member.name))
        << schema_name << "." << member.name << " has no member in our struct";
}

template <class T>
void compare_schema(std::string_view schema_name) {
  constexpr bool is_change = std::is_same_v<T, management::ApiKeyValues>;
  compare_fields(fields<T>.fields, schema_name, !is_change, is_change);
}

template <class Operation>
class EveryOperation : public testing::Test {};

template <class List>
struct AsTestTypes;
template <class... Types>
struct AsTestTypes<TypeList<Types...>> {
  using Type = testing::Types<Types...>;
};

struct NameOfOperation {
  template <class Operation>
  static std::string GetName(int) {
    return std::string{row<Operation>.id};
  }
};

TYPED_TEST_SUITE(EveryOperation, AsTestTypes<Operations>::Type, NameOfOperation);

TYPED_TEST(EveryOperation, GoesToTheDocumentedPlaceWithTheDocumentedRight) {
  const json::Value documented = contract_operation(row<TypeParam>.id);
  EXPECT_EQ(name_of(row<TypeParam>.method), documented.find("method").text());
  EXPECT_EQ(row<TypeParam>.path, documented.find("path").text());
  EXPECT_EQ(row<TypeParam>.acl, documented.find("management_acl").text());
  EXPECT_EQ(row<TypeParam>.host == Host::inference, documented.find("host").text() == "inference");
}

TYPED_TEST(EveryOperation, HasTheDocumentedPathAndQueryParameters) {
  const json::Value documented = contract_operation(row<TypeParam>.id);
  std::vector<std::string_view> paths;
  std::map<std::string_view, bool> queries;
  const auto compare = [&]<class Class, class Member>(const Field<Class, Member>& field) {
    if (field.place == Place::path) paths.push_back(field.name);
    if (field.place != Place::query) return;
    queries[field.name] = true;
    const json::Value type = documented.find("query_parameters").find(field.name);
    ASSERT_TRUE(type.is_string()) << field.name << " is not in the contract";
    compare_type<Member>(type.text(), std::string{field.name});
  };
  std::apply([&](const auto&... field) { (compare(field), ...); }, row<TypeParam>.table.fields);
  std::vector<std::string_view> documented_paths;
  for (const json::Value& name : documented.find("path_parameters").items())
    documented_paths.push_back(name.text());
  EXPECT_EQ(paths, documented_paths);
  for (const json::Member& parameter : documented.find("query_parameters").members())
    EXPECT_TRUE(queries.contains(parameter.name)) << parameter.name << " has no member";
}

TYPED_TEST(EveryOperation, SendsTheDocumentedBodyMembers) {
  const json::Value request = contract_operation(row<TypeParam>.id).find("request");
  if (!request.is_null()) {
    compare_fields(row<TypeParam>.table.fields, request.text(), false);
    return;
  }
  const auto is_in_body = [](const auto& field) { return field.place == Place::body; };
  const bool any =
      std::apply([&](const auto&... field) { return (false || ... || is_in_body(field)); },
                 row<TypeParam>.table.fields);
  EXPECT_FALSE(any) << "no body is documented";
}

TYPED_TEST(EveryOperation, AnswersTheDocumentedMembers) {
  compare_schema<typename TypeParam::Response>(
      contract_operation(row<TypeParam>.id).find("response").text());
}

/// Strict at home: all that a documented answer holds must be in the struct, or come back wrong.
TYPED_TEST(EveryOperation, KeepsTheWholeDocumentedAnswer) {
  using Response = typename TypeParam::Response;
  const json::Value documented = contract_example(row<TypeParam>.id).find("response");
  ASSERT_TRUE(documented.is_object());
  const auto response = decode<Response>(documented);
  ASSERT_TRUE(response) << response.error().message;
  json::Document keeper;
  json::Arena arena;
  std::string difference;
  EXPECT_TRUE(
      tests::covers(encoded(keeper, *response), canonical<Response>(documented, arena), difference))
      << difference;
}

TYPED_TEST(EveryOperation, CanonicalFormIsStable) {
  using Response = typename TypeParam::Response;
  json::Arena arena;
  const json::Value once =
      canonical<Response>(contract_example(row<TypeParam>.id).find("response"), arena);
  EXPECT_EQ(json::to_text(canonical<Response>(once, arena)), json::to_text(once));
}

TYPED_TEST(EveryOperation, ReadsAndWritesTheDocumentedRequest) {
  const json::Value documented = contract_example(row<TypeParam>.id).find("request");
  HttpRequest request = to_request(TypeParam{});
  if (documented.is_null()) {
    // A POST without anything to say still has a body.
    EXPECT_EQ(request.body, row<TypeParam>.method == Method::post ? "{}" : "");
    return;
  }
  request.target = row<TypeParam>.path;
  request.body = json::to_text(documented);
  const auto operation = from_request<TypeParam>(request);
  ASSERT_TRUE(operation) << operation.error().message;
  const auto written = json::Document::parse(to_request(*operation).body);
  ASSERT_TRUE(written);
  EXPECT_TRUE(tests::is_same_json(written->root(), documented)) << to_request(*operation).body;
}

TYPED_TEST(EveryOperation, IsRepeatedOnlyWhereThatIsHarmless) {
  const std::map<std::string_view, RetryClass> writes{{"createApiKey", RetryClass::if_refused},
                                                      {"updateApiKey", RetryClass::after_read_back},
                                                      {"deleteApiKey", RetryClass::after_read_back},
                                                      {"rotateApiKey", RetryClass::if_not_sent}};
  const auto write = writes.find(row<TypeParam>.id);
  EXPECT_EQ(write == writes.end(), row<TypeParam>.method == Method::get);
  EXPECT_EQ(row<TypeParam>.retry, write == writes.end() ? RetryClass::freely : write->second);
}

// The values of the documented answers, written down once more by hand.

template <class Operation>
typename Operation::Response documented_answer() {
  auto answer =
      decode<typename Operation::Response>(contract_example(row<Operation>.id).find("response"));
  if (answer) return std::move(*answer);
  ADD_FAILURE() << answer.error().message;
  return {};
}

TEST(DocumentedAnswer, CreateApiKey) {
  const ApiKey key = documented_answer<CreateApiKey>();
  EXPECT_EQ(key.redacted_api_key, "xai-...oYZ4");
  ASSERT_TRUE(key.api_key);
  EXPECT_EQ(key.api_key->reveal(), "xai-YOUR_API_KEY_HERE");
  EXPECT_EQ(key.user_id, "6ad994df-7963-45e0-96c8-96b1ba849d9b");
  EXPECT_EQ(key.name, "My API key");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-11-13T16:14:38.164829Z"));
  EXPECT_EQ(key.modify_time, base::parse_rfc3339("2025-11-13T16:38:07.059039Z"));
  EXPECT_EQ(key.team_id, "c9a0c990-53e6-491e-8df7-b9f18e6983ac");
  EXPECT_EQ(key.api_key_id, "fe15b799-32e1-4d02-9e65-80236f9995f7");
  EXPECT_FALSE(key.disabled);
  EXPECT_FALSE(key.expire_time);
  EXPECT_FALSE(key.qps);
  EXPECT_FALSE(key.qpm);
  EXPECT_FALSE(key.tpm);
  EXPECT_EQ(key.acls, (std::vector{Acl::every_endpoint(), Acl::every_model()}));
}

TEST(DocumentedAnswer, ListApiKeysWithItsOddSpellings) {
  const ListApiKeysResponse page = documented_answer<ListApiKeys>();
  ASSERT_EQ(page.api_keys.size(), 1U);
  const ApiKey& key = page.api_keys.front();
  EXPECT_FALSE(key.api_key);
  EXPECT_FALSE(key.disabled);
  EXPECT_EQ(key.tpm, 100'000);
  EXPECT_EQ(key.acls, (std::vector{Acl::every_endpoint(), Acl::every_model()}));
  EXPECT_EQ(page.pagination_token, "");
}

TEST(DocumentedAnswer, CheckApiKeyPropagation) {
  const ApiKeyPropagation propagation = documented_answer<CheckApiKeyPropagation>();
  EXPECT_EQ(propagation.clusters,
            (std::map<std::string, bool>{{"cloud9.api.x.ai", true}, {"us-east-1.api.x.ai", true}}));
  EXPECT_TRUE(propagation.complete());
}

TEST(DocumentedAnswer, ListTeamModels) {
  const ListTeamModelsResponse models = documented_answer<ListTeamModels>();
  ASSERT_EQ(models.cluster_configs.size(), 2U);
  const ClusterConfig& east = models.cluster_configs[0];
  EXPECT_EQ(east.cluster_name, "us-east-1");
  ASSERT_EQ(east.language_models.size(), 6U);
  const LanguageModel& grok = east.language_models[4];
  EXPECT_EQ(grok.name, "grok-4-0709");
  EXPECT_EQ(grok.version, "1.0");
  EXPECT_EQ(grok.input_modalities, std::vector<std::string>{"TEXT"});
  EXPECT_EQ(grok.output_modalities, std::vector<std::string>{"TEXT"});
  EXPECT_EQ(grok.prompt_text_token_price, 30'000);
  EXPECT_EQ(grok.prompt_image_token_price, 30'000);
  EXPECT_EQ(grok.prompt_text_token_price_long_context, 60'000);
  EXPECT_EQ(grok.cached_prompt_token_price, 7'500);
  EXPECT_EQ(grok.completion_text_token_price, 150'000);
  EXPECT_EQ(grok.completion_token_price_long_context, 300'000);
  EXPECT_EQ(grok.search_price, 2'500);
  EXPECT_EQ(grok.rps, 8);
  EXPECT_EQ(grok.rpm, 480);
  EXPECT_FALSE(grok.rph);
  EXPECT_EQ(grok.tpm, 2'000'000);
  EXPECT_EQ(grok.cluster, "us-east-1");
  EXPECT_EQ(grok.max_prompt_length, 256'000);
  EXPECT_EQ(grok.aliases, (std::vector<std::string>{"grok-4", "grok-4-latest"}));
  ASSERT_TRUE(grok.features);
  EXPECT_TRUE(grok.features->function_calling);
  EXPECT_TRUE(grok.features->structured_outputs);
  EXPECT_TRUE(grok.features->reasoning);
  EXPECT_EQ(grok.algorithm, "grok4");
  EXPECT_EQ(grok.long_context_threshold, 128'000);
  ASSERT_EQ(east.image_generation_models.size(), 1U);
  EXPECT_EQ(east.image_generation_models[0].image_price, 700'000'000);
  const ClusterConfig& west = models.cluster_configs[1];
  EXPECT_EQ(west.cluster_name, "eu-west-1");
  EXPECT_EQ(west.language_models.size(), 2U);
  EXPECT_FALSE(west.language_models[0].rpm);
  EXPECT_FALSE(west.language_models[0].long_context_threshold);
  EXPECT_TRUE(west.video_generation_models.empty());
}

TEST(DocumentedAnswer, ListPossibleEndpointAcls) {
  const ListPossibleEndpointAclsResponse answer = documented_answer<ListPossibleEndpointAcls>();
  ASSERT_EQ(answer.acls.size(), 7U);
  EXPECT_EQ(answer.acls[0].acl, "api-key:endpoint:chat");
  EXPECT_EQ(answer.acls[0].description,
            "Grants access to use a specific endpoint with an API Key.");
  EXPECT_EQ(answer.acls[0].name_space, "api-key");
  EXPECT_EQ(answer.acls[0].key, "endpoint");
  EXPECT_EQ(answer.acls[6].value, "documents");
}

TEST(DocumentedAnswer, ValidateManagementKeyWithItsMisspelling) {
  const ManagementKey key = documented_answer<ValidateManagementKey>();
  EXPECT_EQ(key.api_key_id, "b86ba29d-9f47-4b3a-a6ae-e69432d5f0dc");
  EXPECT_EQ(key.team_id, "65c1e471-205f-4566-9c5a-07198badf4ce");
  EXPECT_EQ(key.scope, "SCOPE_TEAM");
  EXPECT_EQ(key.scope_id, "65c1e471-205f-4566-9c5a-07198badf4ce");
  EXPECT_EQ(key.owner_user_id, "4d52c406-6ec6-4361-9b7c-40dc7e8ff284");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-12-10T23:17:49.460374Z"));
  EXPECT_EQ(key.name, "test key");
  ASSERT_EQ(key.acls.size(), 3U);
  EXPECT_EQ(key.acls[0], "team-token:endpoint:ListApiKeys");
  EXPECT_EQ(key.redacted_api_key, "xai-...r42q");
  EXPECT_FALSE(key.ip_ranges);
}

TEST(DocumentedAnswer, GetInferenceApiKeyInfo) {
  const InferenceApiKeyInfo key = documented_answer<GetInferenceApiKeyInfo>();
  EXPECT_EQ(key.redacted_api_key, "xai-...oYZ4");
  EXPECT_EQ(key.modified_by, "6ad994df-7963-45e0-96c8-96b1ba849d9b");
  EXPECT_EQ(key.create_time, base::parse_rfc3339("2025-11-13T16:14:38.164829Z"));
  EXPECT_EQ(key.acls.size(), 2U);
  EXPECT_FALSE(key.team_blocked || key.api_key_blocked || key.api_key_disabled);
}

}  // namespace
}  // namespace xai::wire
