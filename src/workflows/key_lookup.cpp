#include "workflows/key_lookup.h"

#include <chrono>
#include <utility>
#include <vector>

#include "base/closest.h"
#include "base/printable.h"
#include "base/try.h"
#include "base/uuid.h"
#include "json/writer.h"
#include "wire/canonical.h"
#include "workflows/ask.h"
#include "xai/management/key_lookup.h"

namespace xai::workflows {

using management::ApiKey;
using management::Error;
using management::ErrorKind;
using management::ListApiKeys;
using management::ListApiKeysResponse;
using management::Outcome;
using management::Reason;
using management::Result;

namespace {

std::unexpected<Error> not_found(bool is_id, std::string_view text,
                                 const std::vector<std::string>& names) {
  return std::unexpected(Error{.kind = ErrorKind::not_found,
                               .outcome = Outcome::refused,
                               .reason = Reason::key_not_found,
                               .message = std::string{"no API key has the "} +
                                          (is_id ? "id " : "name ") + base::in_quotes(text),
                               .next = base::did_you_mean_quoted(text, names)});
}

std::unexpected<Error> ambiguous(std::string_view name, const std::vector<FoundKey>& found) {
  std::vector<std::string> ids;
  for (const FoundKey& one : found) ids.push_back(one.key.api_key_id);
  return std::unexpected(Error{
      .kind = ErrorKind::failed_precondition,
      .outcome = Outcome::refused,
      .reason = Reason::ambiguous_name,
      .message = std::to_string(found.size()) + " API keys have the name " + base::in_quotes(name),
      .next = "give one of the ids: " + base::listed_words(ids)});
}

}  // namespace

json::Value without_secret(json::Value key, json::Arena& arena) {
  if (key.find("apiKey").is_null()) return key;
  std::vector<json::Member> members;
  for (const json::Member& member : key.members())
    if (member.name != "apiKey") members.push_back(member);
  return json::Value::of_object(arena.copy(std::span<const json::Member>{members}));
}

Result<FoundKey> find_key(const Call& call, std::string_view id_or_name) {
  const bool is_id = base::is_uuid(id_or_name);
  std::vector<FoundKey> found;
  std::vector<std::string> names;
  // For a suggestion; a list that is longer than any must not fill the memory.
  constexpr std::size_t names_bytes_max = 4UL << 20U;
  std::size_t names_bytes = 0;
  std::size_t seen = 0;
  const auto take_page = [&](client::Answer<ListApiKeysResponse>& page) -> Result<Walk> {
    const auto documents =
        wire::canonical<ListApiKeysResponse>(page.document.root(), page.document.arena())
            .find("apiKeys")
            .items();
    for (std::size_t i = 0; i < page.value.api_keys.size(); ++i) {
      ApiKey& key = page.value.api_keys[i];
      if ((is_id ? key.api_key_id : key.name) == id_or_name)
        found.push_back(
            {std::move(key), json::to_text(without_secret(documents[i], page.document.arena()))});
      else if (!is_id && names_bytes + key.name.size() <= names_bytes_max) {
        names_bytes += key.name.size();
        names.push_back(std::move(key.name));
      }
    }
    seen += page.value.api_keys.size();
    call.tell(management::PageRead{.items = seen, .noun = "key"});
    // An id is there once; a name may come again on a later page.
    return is_id && !found.empty() ? Walk::stop : Walk::go_on;
  };
  TRY(walk(call, ListApiKeys{}, take_page));
  if (found.empty()) return not_found(is_id, id_or_name, names);
  if (found.size() > 1) return ambiguous(id_or_name, found);
  return std::move(found.front());
}

Result<std::vector<std::string>> keys_named(const Call& call, std::string_view name) {
  constexpr int pages_max = 3;
  std::vector<std::string> ids;
  int pages = 0;
  const auto take_page = [&](client::Answer<ListApiKeysResponse>& page) -> Result<Walk> {
    for (ApiKey& key : page.value.api_keys)
      if (key.name == name) ids.push_back(std::move(key.api_key_id));
    return ++pages == pages_max ? Walk::stop : Walk::go_on;
  };
  // What is only to be warned about is worth no long wait.
  constexpr std::chrono::seconds limit{10};
  const auto walked = walk(call.for_look(limit), ListApiKeys{}, take_page);
  const bool is_unreachable = !walked && walked.error().outcome == Outcome::not_sent &&
                              walked.error().kind != ErrorKind::deadline_exceeded;
  if (is_unreachable) return std::unexpected(walked.error());
  return ids;
}

}  // namespace xai::workflows

namespace xai::management {

Result<ApiKey> find_key(const Account& account, std::string_view id_or_name,
                        const CallOptions& options) {
  return TRY(workflows::find_key(workflows::Call{account, options}, id_or_name)).key;
}

}  // namespace xai::management
