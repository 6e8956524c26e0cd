namespace TwinHub.Tests.Support;

/// <summary>One demo hub for all tests of a class.</summary>
public sealed class HubFixture(TestPostgres postgres) : Xunit.IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public TestPostgres Postgres => postgres;

    public async ValueTask InitializeAsync() => Hub = await TestHub.Start(postgres);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>One demo hub for all tests of a class, in which people may post as much as they like.</summary>
public sealed class TalkativeHub(TestPostgres postgres) : Xunit.IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await TestHub.Start(postgres, "--Limits:PostsPerMinute=0");

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}

/// <summary>People of the demo by what they are, so that a test reads like a story.</summary>
public static class People
{
    public const string Rana = "rana.khoury@tripoli.example.org";
    public const string Ziad = "ziad.mrad@tripoli.example.org";
    public const string Selin = "selin.aksoy@gaziantep.example.org";
    public const string Emre = "emre.yildiz@gaziantep.example.org";
    public const string Lina = "lina.haddad@zarqa.example.org";
    public const string Claire = "claire.fabre@cmi.example.org";
    public const string ForeignFacilitator = "ingrid.solheim@unhcr.example.org";
    public const string TheirGroup = "tripoli-gaziantep";
    public const string OtherGroup = "zarqa-sanliurfa";
}
