using Microsoft.AspNetCore.Razor.TagHelpers;
using TwinHub.Core.Groups;

namespace TwinHub.Web.Pages.Shared;

/// <summary>The twin mark of a group: its partners' circles, overlapping; decoration, so hidden from screen readers.</summary>
[HtmlTargetElement("twin")]
public sealed class TwinTagHelper : TagHelper
{
    public GroupView? Group { get; set; }

    /// <summary>xs, sm, md, lg or xl; letters show from md on.</summary>
    public string Size { get; set; } = "sm";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", $"twin {Size}");
        output.Attributes.SetAttribute("aria-hidden", "true");
        foreach (var partner in Group?.Partners ?? [])
        {
            output.Content.AppendHtml($"<span class=\"o-{partner.Hue}\">");
            output.Content.Append(Size is "xs" or "sm" ? "" : partner.Organisation.Initials);
            output.Content.AppendHtml("</span>");
        }
    }
}
