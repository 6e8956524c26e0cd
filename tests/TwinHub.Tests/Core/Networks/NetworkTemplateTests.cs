using System.Text.Json;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Networks;

public sealed class NetworkTemplateTests
{
    private static readonly string[] DemoNetworks = ["hmln", "atcr", "platforms"];

    public static TheoryData<string> Ids => ["hosts", "resettlement", "platforms"];

    [Fact]
    public void There_are_three_templates() =>
        Assert.Equal(["hosts", "resettlement", "platforms"], NetworkTemplate.All.Select(template => template.Id));

    [Theory, MemberData(nameof(Ids))]
    public void A_template_is_found_by_its_id(string id) => Assert.Equal(id, NetworkTemplate.Of(id).Id);

    [Theory]
    [InlineData("Hosts")]
    [InlineData("")]
    public void An_unknown_id_has_no_template(string id) =>
        Assert.Throws<KeyNotFoundException>(() => NetworkTemplate.Of(id));

    [Theory, MemberData(nameof(Ids))]
    public void Everything_has_a_name_in_the_four_languages(string id) => Assert.All(Names(NetworkTemplate.Of(id)), names =>
    {
        Assert.Equal(Languages.All.Order(), names.ByLanguage.Keys.Order());
        Assert.All(names.ByLanguage.Values, name => Assert.True(name.Length > 0 && name == name.Trim(), name));
    });

    [Theory, MemberData(nameof(Ids))]
    public void Signs_and_digits_are_those_of_the_language(string id) => Assert.All(Names(NetworkTemplate.Of(id)), names =>
    {
        Assert.All(names.ByLanguage.Values, name => Assert.DoesNotMatch(@"['""\u0660-\u0669]", name));
        Assert.DoesNotMatch(@" [;:!?%»]|[\p{L}][;:!?»]|«[ \w]", names.In("fr"));
        Assert.DoesNotMatch(@"[,;?]", names.In("ar"));
    });

    [Theory, MemberData(nameof(Ids))]
    public void Keys_are_plain_and_unique_within_their_list(string id) => Assert.All(Lists(NetworkTemplate.Of(id)), list =>
    {
        Assert.All(list, item => Assert.Matches("^([a-z]+(_[a-z]+)*|[A-Z][0-9]?)$", item.Key));
        Assert.Distinct(list.Select(item => item.Key));
    });

    [Theory, MemberData(nameof(Ids))]
    public void No_list_but_the_concepts_is_empty(string id) =>
        Assert.All(Lists(NetworkTemplate.Of(id)).Where(list => list != NetworkTemplate.Of(id).Concepts), Assert.NotEmpty);

    [Theory, MemberData(nameof(Ids))]
    public void The_checklist_asks_twelve_questions(string id)
    {
        var checklist = NetworkTemplate.Of(id).Checklist;
        Assert.Equal(12, checklist.Count);
        Assert.Equal(
            "Your objectives – What are you hoping to achieve by setting up a twinning activity?",
            checklist[0].Names.In("en"));
        Assert.All(checklist, question => Assert.Contains('?', question.Names.In("en")));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_agreement_has_nine_sections_from_title_to_risks(string id)
    {
        var sections = NetworkTemplate.Of(id).AgreementSections.Select(section => section.Key).ToList();
        Assert.Equal((9, "title", "risks"), (sections.Count, sections[0], sections[^1]));
    }

    [Fact]
    public void Resettlement_names_ten_factors_of_partner_choice() =>
        Assert.Equal(10, NetworkTemplate.Of("resettlement").PartnerFactors.Count);

    [Fact]
    public void Only_national_platforms_choose_a_concept()
    {
        Assert.Equal(["A", "B1", "B2", "B3"], NetworkTemplate.Of("platforms").Concepts.Select(concept => concept.Key));
        Assert.Empty(NetworkTemplate.Of("hosts").Concepts);
        Assert.Empty(NetworkTemplate.Of("resettlement").Concepts);
    }

    [Fact]
    public void Cities_twin_in_pairs_across_a_border_and_the_others_in_twos_or_more()
    {
        Assert.Equal(new PartnerRule(2, 2, true), NetworkTemplate.Of("hosts").Partners);
        Assert.Equal(new PartnerRule(2, null, false), NetworkTemplate.Of("resettlement").Partners);
        Assert.Equal(new PartnerRule(2, null, false), NetworkTemplate.Of("platforms").Partners);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_facilitating_organisation_is_one_of_the_kinds(string id)
    {
        var template = NetworkTemplate.Of(id);
        Assert.True(template.HasKind(template.FacilitatingKind));
    }

    [Fact]
    public void A_kind_of_another_network_is_not_known()
    {
        var hosts = NetworkTemplate.Of("hosts");
        Assert.False(hosts.HasKind("ngo"));
        Assert.Throws<KeyNotFoundException>(() => hosts.KindName("ngo", "en"));
    }

    [Theory]
    [InlineData("fr", "Municipalité d’accueil")]
    [InlineData("tr", "Ev sahibi belediye")]
    [InlineData("de", "Host municipality")]
    public void A_kind_is_named_in_the_language_of_its_reader(string language, string name) =>
        Assert.Equal(name, NetworkTemplate.Of("hosts").KindName("municipality", language));

    [Fact]
    public void The_demo_data_know_only_kinds_of_their_template() => Assert.All(DemoNetworks, slug =>
    {
        var (template, demo) = Demo(slug);
        var kinds = demo.GetProperty("organisations").EnumerateArray().Select(one => one.GetProperty("kind").GetString()!).ToList();
        Assert.Contains(template.FacilitatingKind, kinds);
        Assert.All(kinds, kind => Assert.True(template.HasKind(kind), $"{slug}: {kind}"));
    });

    [Fact]
    public void The_demo_groups_keep_to_the_concepts_and_partners_of_their_template() => Assert.All(DemoNetworks, slug =>
    {
        var (template, demo) = Demo(slug);
        var known = template.Concepts.Select(concept => concept.Key).DefaultIfEmpty(null);
        Assert.All(demo.GetProperty("groups").EnumerateArray(), group =>
        {
            Assert.Contains(group.GetProperty("concept").GetString(), known);
            Assert.InRange(group.GetProperty("organisations").GetArrayLength(), template.Partners.Min, template.Partners.Max ?? int.MaxValue);
        });
    });

    private static IReadOnlyList<TemplateItem>[] Lists(NetworkTemplate template) =>
    [
        template.OrganisationKinds, template.Concepts, template.PartnerFactors, template.ActivityKinds,
        template.LearningAreas, template.Checklist, template.AgreementSections, template.RegisterFields,
    ];

    private static IEnumerable<LocalizedText> Names(NetworkTemplate template) =>
        Lists(template).SelectMany(list => list).Select(item => item.Names).Append(template.Purpose);

    private static (NetworkTemplate Template, JsonElement Demo) Demo(string slug)
    {
        using var file = typeof(NetworkTemplate).Assembly.GetManifestResourceStream($"demo/{slug}.json")!;
        using var document = JsonDocument.Parse(file);
        var demo = document.RootElement.Clone();
        return (NetworkTemplate.Of(demo.GetProperty("network").GetProperty("template").GetString()!), demo);
    }
}
