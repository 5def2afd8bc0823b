<#-- One line for each jar of the archive that is not Lull's own. -->
Jars of other projects in this archive, and the licences that their projects name. Where a jar has several licences, the
user may choose one. The texts of the licences are in the jars, in META-INF, or at the addresses of the projects.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.groupId}:${project.artifactId}:${project.version}
    licence: ${entry.getValue()?join("; ")}
    project: ${(project.url)!"no address named"}
</#list>
