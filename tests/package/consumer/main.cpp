#include <iostream>

#include "xai/management/client.h"
#include "xai/management/management_keys.h"

using namespace xai::management;

int main() {
  const auto options = ClientOptions::from_environment();
  if (!options) return 2;
  const auto key = Client{*options}.send(ValidateManagementKey{});
  if (!key) {
    std::cerr << key.error().message << '\n';
    return 1;
  }
  std::cout << "team " << key->team() << '\n';
}
