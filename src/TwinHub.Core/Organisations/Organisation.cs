namespace TwinHub.Core.Organisations;

/// <summary>A member of a network: a municipality, a state, an NGO, a platform … (domain, section 2).</summary>
public sealed class Organisation
{
    private Organisation() { }

    public Organisation(Guid networkId, string kind, LocalizedText names, string initials, string timeZone, DateTimeOffset now)
    {
        (Id, NetworkId, Kind, Names) = (Guid.CreateVersion7(), networkId, kind, names);
        (Initials, TimeZone, CreatedAt) = (initials, timeZone, now);
    }

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }

    /// <summary>One of the kinds of the network's template.</summary>
    public string Kind { get; private set; } = "";

    public LocalizedText Names { get; private set; } = null!;
    public LocalizedText? City { get; private set; }

    /// <summary>ISO 3166-1 alpha-2, or null for a body above countries.</summary>
    public string? Country { get; private set; }

    /// <summary>Up to three letters for the emblem.</summary>
    public string Initials { get; private set; } = "";

    /// <summary>Degrees north and east (WGS 84).</summary>
    public double? Latitude { get; private set; }
    public double? Longitude { get; private set; }

    /// <summary>IANA zone of the city.</summary>
    public string TimeZone { get; private set; } = "";

    public List<string> Languages { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>City where there is one, otherwise the organisation's name: what stands beside a person's name.</summary>
    public string ShortName(string language) => (City ?? Names).In(language);

    public Organisation At(string? country, LocalizedText? city, double? latitude, double? longitude)
    {
        (Country, City, Latitude, Longitude) = (country, city, latitude, longitude);
        return this;
    }

    public Organisation Speaking(IEnumerable<string> languages)
    {
        Languages = [.. languages];
        return this;
    }
}

/// <summary>A person belongs to an organisation; one person may belong to several.</summary>
public sealed class OrganisationPerson
{
    private OrganisationPerson() { }

    public OrganisationPerson(Guid organisationId, Guid personId, DateTimeOffset since) =>
        (OrganisationId, PersonId, Since) = (organisationId, personId, since);

    public Guid OrganisationId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset Since { get; private set; }
}
