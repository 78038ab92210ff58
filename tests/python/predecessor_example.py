from xai_management import XAIManagement, XAIRegion

# Initialize client
client = XAIManagement(
    management_key="your_management_key",
    team_id="your_team_id",
    region=XAIRegion.US_EAST_1
)

# Create a new API key
new_key = client.create_api_key(
    name="My App",
    acls=["api-key:model:*", "api-key:endpoint:*"],
    qps=5,
    qpm=100
)
print(f"Created API key: {new_key['apiKey']}")
