using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using TwinHub.Core;

namespace TwinHub.Web.Pages.Shared;

/// <summary>A labelled input; what was refused stands beneath it, is announced and keeps what was typed.</summary>
[HtmlTargetElement("field", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FieldTagHelper(Reader reader) : TagHelper
{
    public string Name { get; set; } = "";
    public string Label { get; set; } = "";
    public string? Value { get; set; }
    public string Type { get; set; } = "text";
    public bool Required { get; set; }
    public int MaxLength { get; set; } = 120;

    /// <summary>A line beneath that says what the field does.</summary>
    public string? Help { get; set; }

    /// <summary>Text that stands fixed before what is typed.</summary>
    public string? Prefix { get; set; }

    /// <summary>More than none: several lines, this many in sight.</summary>
    public int Rows { get; set; }

    /// <summary>The refusal of the form, if any; shown here when it is about this field.</summary>
    public Refusal? Refused { get; set; }

    /// <summary>The field's name in the API, by which a refusal names it.</summary>
    public string? Field { get; set; }

    /// <summary>With choices it is a select.</summary>
    public IEnumerable<(string Value, string Text)>? Choices { get; set; }

    /// <summary>The text of an empty choice; null: none.</summary>
    public string? Empty { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var bad = Refused is not null && Refused.Field == Field && Field is not null;
        var id = Name.Replace('.', '-');
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Content.AppendHtml($"<label class=\"form-label\" for=\"{id}\">").Append(Label).AppendHtml("</label>");
        var tag = new Microsoft.AspNetCore.Mvc.Rendering.TagBuilder(Choices is not null ? "select" : Rows > 0 ? "textarea" : "input");
        tag.MergeAttributes(new Dictionary<string, string?> { ["id"] = id, ["name"] = Name, ["class"] = (Choices is null ? "form-control" : "form-select") + (bad ? " bad" : "") });
        if (Required)
        {
            tag.MergeAttribute("required", "required");
        }
        if (bad)
        {
            tag.MergeAttribute("aria-invalid", "true");
        }
        if (bad || Help is not null)
        {
            tag.MergeAttribute("aria-describedby", id + (bad ? "-error" : "-help"));
        }
        Fill(tag);
        if (Prefix is not null)
        {
            output.Content.AppendHtml("<div class=\"input-group\"><span class=\"input-group-text\"><bdi>").Append(Prefix).AppendHtml("</bdi></span>").AppendHtml(tag).AppendHtml("</div>");
        }
        else
        {
            output.Content.AppendHtml(tag);
        }
        if (bad)
        {
            output.Content.AppendHtml($"<p class=\"help err\" id=\"{id}-error\" role=\"alert\">").Append(Refused!.Sentence(reader.W)).AppendHtml("</p>");
        }
        else if (Help is not null)
        {
            output.Content.AppendHtml($"<p class=\"help\" id=\"{id}-help\">").Append(Help).AppendHtml("</p>");
        }
    }

    private void Fill(Microsoft.AspNetCore.Mvc.Rendering.TagBuilder tag)
    {
        if (Choices is null && Rows > 0)
        {
            tag.MergeAttributes(new Dictionary<string, string?> { ["rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture), ["dir"] = "auto" });
            // A browser drops the first line break of a text area.
            tag.InnerHtml.AppendHtml("\n").Append(Value ?? "");
            return;
        }
        if (Choices is null)
        {
            tag.TagRenderMode = Microsoft.AspNetCore.Mvc.Rendering.TagRenderMode.SelfClosing;
            tag.MergeAttributes(new Dictionary<string, string?>
            {
                ["type"] = Type, ["value"] = Value, ["maxlength"] = MaxLength.ToString(System.Globalization.CultureInfo.InvariantCulture), ["dir"] = Type is "email" or "date" or "time" or "url" ? "ltr" : "auto",
            });
            return;
        }
        if (Empty is not null)
        {
            tag.InnerHtml.AppendHtml("<option value=\"\">").Append(Empty).AppendHtml("</option>");
        }
        foreach (var (value, text) in Choices)
        {
            tag.InnerHtml.AppendHtml(new HtmlContentBuilder().AppendHtml("<option value=\"").Append(value).AppendHtml(value == Value ? "\" selected>" : "\">").Append(text).AppendHtml("</option>"));
        }
    }
}
