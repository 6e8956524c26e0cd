namespace TwinHub.Core.Channels;

/// <summary>How a row of <c>attachments x</c> is read into the form in which it travels, wherever that is.</summary>
internal static class AttachmentColumns
{
    /// <summary>One attachment as JSON; of a document that is in the bin or gone, the name alone stays.</summary>
    public const string Object = """
        json_build_object('id', x.id, 'name', x.name, 'type', coalesce(xc.type, 'application/octet-stream'), 'size', x.size, 'width', xc.width, 'height', xc.height,
            'documentId', coalesce((select d.id from documents d where d.id = x.document_id and d.deleted_at is null),
                (select d.id from documents d where d.attachment_id = x.id and d.deleted_at is null order by d.id limit 1)), 'version', x.version)
        """;

    /// <summary>What its bytes are.</summary>
    public const string Joins = """
        left join document_versions xv on xv.document_id = x.document_id and xv.number = x.version
        left join file_contents xc on xc.hash = coalesce(x.hash, xv.hash)
        """;
}
