// Pages through all keys of the team, a few at a time, and says which of them can call nothing.
//   list_keys [PAGE_SIZE]
// Settings: XAI_MANAGEMENT_KEY, and what else ClientOptions::from_environment() reads.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"

using namespace xai::management;

namespace {

int fail(const Error& error) {
  std::cerr << "list_keys: " << error.message << '\n';
  return 1;
}

/// A call needs a grant for its model and one for its endpoint.
bool can_call(const ApiKey& key) {
  const auto names_model = [](const Acl& acl) { return !acl.model_name().empty(); };
  const auto names_endpoint = [](const Acl& acl) { return !acl.endpoint_name().empty(); };
  return !key.disabled && std::ranges::any_of(key.acls, names_model) &&
         std::ranges::any_of(key.acls, names_endpoint);
}

}  // namespace

int main(int argc, char** argv) {
  auto options = ClientOptions::from_environment();
  if (!options) return fail(options.error());
  const Client client{*std::move(options)};

  int pages = 0;
  int keys = 0;
  for (const auto& page :
       client.pages(ListApiKeys{.page_size = argc > 1 ? std::atoi(argv[1]) : 100})) {
    if (!page) return fail(page.error());
    ++pages;
    for (const ApiKey& key : page->api_keys) {
      ++keys;
      std::cout << key.name << (can_call(key) ? "" : "  (can call nothing)") << '\n';
    }
  }
  std::cerr << keys << " keys on " << pages << " pages\n";
}
