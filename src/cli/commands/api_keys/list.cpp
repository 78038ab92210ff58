#include <fnmatch.h>

#include <algorithm>

#include "base/time_text.h"
#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/commands/api_keys/grants.h"
#include "cli/exchange.h"
#include "cli/render/list.h"
#include "cli/render/result.h"
#include "cli/render/text.h"
#include "workflows/ask.h"

namespace xai::cli {

using namespace management;

namespace {

struct KeyListInput {
  bool active_only{};
  std::vector<std::string> acls{};
  std::string name_pattern{};
  std::optional<std::int32_t> limit{};
  std::string sort{};
  std::string columns{};

  void declare(Options& options) {
    options.flag("--active-only", active_only, "Leave out disabled and expired keys");
    options.option("--acl", acls, "ACL", "Only keys with this grant, such as model:grok-4");
    options.option("--name", name_pattern, "GLOB", "Only keys whose name matches");
    options.option("--limit", limit, "N", "Stop after N keys").positive();
    options.option("--sort", sort, "FIELD", "Collect all keys, then sort them")
        .one_of({"name", "created", "modified", "expires"});
    declare_columns(options, columns);
  }
};

/// `model:NAME` and `endpoint:NAME` as well as the service's long form.
Result<Acl> parse_acl(const std::string& text) {
  if (text.starts_with("model:") || text.starts_with("endpoint:")) return Acl{"api-key:" + text};
  if (text.starts_with("api-key:")) return Acl{text};
  return usage_failure("--acl must be model:NAME or endpoint:NAME, not " + in_quotes(text));
}

/// The filters, with aliases made canonical: keys never have a grant of an alias, so that none
/// would match.
Result<std::vector<Acl>> filters_of(Session& session, const std::vector<std::string>& texts) {
  std::vector<Acl> acls;
  std::vector<std::string> models;
  for (const std::string& text : texts) {
    acls.push_back(TRY(parse_acl(text)));
    const std::string_view model = acls.back().model_name();
    if (!model.empty() && model != "*") models.emplace_back(model);
  }
  TRY(resolve_models(session, models));
  auto model = models.begin();
  for (Acl& acl : acls)
    if (!acl.model_name().empty() && acl.model_name() != "*") acl = Acl::model(*model++);
  return acls;
}

/// A key that waits to be sorted; `json` is its document as text.
struct Waiting {
  ApiKey key;
  std::string json;
};

void sort_keys(std::vector<Waiting>& keys, const std::string& sort) {
  const auto by = [&](auto projection) { std::ranges::stable_sort(keys, {}, projection); };
  if (sort == "name") by([](const Waiting& one) -> const std::string& { return one.key.name; });
  if (sort == "created") by([](const Waiting& one) { return one.key.create_time; });
  if (sort == "modified") by([](const Waiting& one) { return one.key.modify_time; });
  // A key that never expires comes last.
  if (sort == "expires")
    by([](const Waiting& one) { return one.key.expire_time.value_or(Timestamp::max()); });
}

class KeyListing {
 public:
  KeyListing(Session& session, const KeyListInput& input, List<ApiKey> list)
      : session_{&session}, input_{&input}, list_{std::move(list)} {}

  Status run() {
    TRY(walk_pages());
    if (!input_->sort.empty()) TRY(print_sorted());
    const bool is_unfiltered = seen_ == 0 && !input_->active_only && input_->acls.empty();
    list_.end(is_cut_ ? "" : is_unfiltered ? "the team has no API keys" : "no API key matches");
    if (is_cut_)
      session_->messages().note("the list was cut after " + counted(shown_, "key") +
                                "; there are more, leave out --limit to see them all");
    return ExitCode::done;
  }

 private:
  [[nodiscard]] bool is_full() const {
    return input_->limit && shown_ >= static_cast<std::size_t>(*input_->limit);
  }

  [[nodiscard]] bool is_wanted(const ApiKey& key) const {
    const KeyState state = state_of(key, session_->their_now());
    if (input_->active_only && is_unusable(state)) return false;
    return input_->name_pattern.empty() ||
           ::fnmatch(input_->name_pattern.c_str(), key.name.c_str(), 0) == 0;
  }

  Result<void> walk_pages() {
    ListApiKeys request{.acl_filters = TRY(filters_of(*session_, input_->acls)),
                        .active_only = input_->active_only};
    // Without a filter of ours, a short list needs no full page.
    constexpr std::int32_t page_size_max = 100;
    if (input_->limit && input_->name_pattern.empty() && input_->sort.empty() &&
        !input_->active_only)
      request.page_size = std::clamp(*input_->limit, 1, page_size_max);
    const auto take = [&](client::Answer<ListApiKeysResponse>& answer) -> Result<workflows::Walk> {
      const bool is_last = answer.value.pagination_token.empty();
      take_page(answer);
      if (is_full() && !is_last) is_cut_ = true;
      session_->messages().progress(counted(seen_, "key") + " so far");
      return is_cut_ ? workflows::Walk::stop : workflows::Walk::go_on;
    };
    TRY(cli::run(*session_, [&](const workflows::Call& call) {
      return workflows::walk(call, std::move(request), take);
    }));
    return {};
  }

  void take_page(client::Answer<ListApiKeysResponse>& answer) {
    const auto items = document_of(answer).find("apiKeys").items();
    for (std::size_t i = 0; i < answer.value.api_keys.size(); ++i) {
      ++seen_;
      ApiKey& key = answer.value.api_keys[i];
      if (!is_wanted(key)) continue;
      const json::Value document = without_secret(items[i], answer.document.arena());
      if (!input_->sort.empty()) {
        waiting_.push_back({std::move(key), json::to_text(document)});
      } else if (is_full()) {
        is_cut_ = true;
        break;
      } else {
        list_.add(key, document);
        ++shown_;
      }
    }
    list_.end_page();
  }

  Result<void> print_sorted() {
    sort_keys(waiting_, input_->sort);
    for (const Waiting& one : waiting_) {
      if (is_full()) {
        is_cut_ = true;
        break;
      }
      list_.add(one.key, TRY(json::Document::parse(one.json)).root());
      ++shown_;
    }
    return {};
  }

  Session* session_;
  const KeyListInput* input_;
  List<ApiKey> list_;
  std::vector<Waiting> waiting_{};
  std::size_t seen_{};
  std::size_t shown_{};
  bool is_cut_{};
};

Status list_keys(Session& session, const KeyListInput& input) {
  auto list = TRY(List<ApiKey>::open(session, input.columns));
  return KeyListing{session, input, std::move(list)}.run();
}

}  // namespace

Command list_keys_command() {
  return {.name = "list-keys",
          .group = Group::api_keys,
          .summary = "List the team's API keys",
          .description =
              "Every page is fetched unless --limit cuts the list. A key is expiring when it has "
              "30 days or less to live.",
          .examples = {"list-keys --active-only --sort expires",
                       "list-keys --name 'prod-*' --output json"},
          .formats = {"text", "json", "jsonl", "csv"},
          .declare = declare_with<KeyListInput, list_keys>};
}

}  // namespace xai::cli
