using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>The description of the API describes the API: all of it and nothing else.</summary>
public sealed class OpenApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    [Fact]
    public async Task Every_path_of_the_API_is_described_with_a_summary()
    {
        using var client = fixture.Hub.ApiWith(null);
        var document = await (await client.Get("/openapi/v1.json")).Json();
        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described =
            from path in document.GetProperty("paths").EnumerateObject()
            from method in path.Value.EnumerateObject()
            select (Door: $"{method.Name.ToUpperInvariant()} {path.Name}", method.Value);

        var doors = described.ToList();
        Assert.Equal(Routes().Order(StringComparer.Ordinal), doors.Select(one => one.Door).Order(StringComparer.Ordinal));
        Assert.All(doors, one => Assert.NotEqual("", one.Value.GetProperty("summary").GetString()));
    }

    private IEnumerable<string> Routes() =>
        from endpoint in fixture.Hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
        where path.StartsWith("/api/v1/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select $"{method} {path}";
}
